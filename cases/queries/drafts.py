"""Whether what a draft is about still lies open to who wrote it (A-9)."""

import re
from uuid import UUID

from cases.models import Case, Consult, Meeting
from schools.models import Student

_IDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SUBJECTS = (Case, Meeting, Consult, Student)


def still_open(form_key: str) -> bool:
    """Tell whether a kept text may be given back: the object its form is about is visible.

    Shape:  true for a form that is about nobody yet.
    """
    subjects = [UUID(found) for found in _IDS.findall(form_key)]
    # A row and not a mere yes: so the trace learns whose dossier the text is about.
    return not subjects or any(
        model.objects.filter(pk__in=subjects).first() is not None for model in _SUBJECTS
    )

"""Documents: asking for one, and storing what became of it (R-16.4, R-16.5)."""

from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet

from cases.enums import CaseState, DocumentAudience, DocumentKind, DocumentState, MeetingState
from cases.models import Case, Document, Meeting
from cases.workflow.amend import check_who, stamp
from cases.workflow.steps import Who
from teams.access.actor import Actor
from teams.access.decide import WORKING_RELATIONS
from teams.access.errors import Blocked, NotAllowed, NotVisible, Reason
from teams.access.fence import after_rules
from teams.access.rules import meeting_audience
from teams.audit import Verb, record
from teams.enums import Relation, Role
from teams.models import OutboxEntry
from teams.outbox import enqueue
from teams.queries.readers import may_read

RENDER = "render_document"
MAY_ASK = (
    Who(Relation.SCHOOL, Role.SUPPORT_COORDINATOR),
    Who(Relation.SCHOOL, Role.HEAD),
    Who(Relation.LEAD),
)
AUDIENCES = {
    DocumentKind.OT_INVITATION: (DocumentAudience.PROFESSIONALS, DocumentAudience.CARERS),
    DocumentKind.OT_REPORT: (DocumentAudience.PARTICIPANTS,),
    DocumentKind.CLOSING_REPORT: (DocumentAudience.PARTICIPANTS,),
}
NOT_WANTED = "Wie dit stuk vroeg, kan deze casus niet meer lezen."
UNDER_WAY = (DocumentState.QUEUED, DocumentState.RENDERING)


@after_rules
def ask_document(
    case: Case,
    kind: DocumentKind,
    audience: DocumentAudience,
    *,
    actor: Actor,
    now: datetime,
    meeting: Meeting | None = None,
) -> Document:
    """Ask for one PDF; a new one beside a finished one is a new version that names the old.

    Shape:  the document on its way; the one already on its way when there is one.
    Errors: NotVisible, NotAllowed; Blocked when there is nothing yet to make it from.
    """
    if meeting and meeting.case_id != case.pk:
        raise NotVisible
    with transaction.atomic():
        check_who(case, MAY_ASK, actor=actor)
        if reasons := reasons_against_asking(case, kind, meeting):
            raise Blocked(reasons)
        return _queue(case, kind, audience, actor=actor, now=now, meeting=meeting)


@after_rules
def ask_ot_invitations(meeting: Meeting, *, actor: Actor, now: datetime) -> tuple[Document, ...]:
    """Ask for both invitations of an OT, in the transaction that convened or changed it (T-15)."""
    return tuple(
        _queue(
            meeting.case,
            DocumentKind.OT_INVITATION,
            audience,
            actor=actor,
            now=now,
            meeting=meeting,
        )
        for audience in AUDIENCES[DocumentKind.OT_INVITATION]
    )


@after_rules
def ask_ot_report(meeting: Meeting, *, actor: Actor, now: datetime) -> Document:
    """Ask for the report and plan, in the transaction that made the report final (R-7.6)."""
    return _queue(
        meeting.case,
        DocumentKind.OT_REPORT,
        DocumentAudience.PARTICIPANTS,
        actor=actor,
        now=now,
        meeting=meeting,
    )


@after_rules
def ask_closing_report(case: Case, *, actor: Actor, now: datetime) -> Document:
    """Ask for the closing report, in the transaction that closes the case (T-27)."""
    return _queue(
        case,
        DocumentKind.CLOSING_REPORT,
        DocumentAudience.PARTICIPANTS,
        actor=actor,
        now=now,
    )


@after_rules
def may_ask(case: Case, *, actor: Actor) -> bool:
    """The actor stands in the column of who may ask; for buttons, the action asks again."""
    try:
        check_who(case, MAY_ASK, actor=actor)
    except (NotAllowed, NotVisible):
        return False
    return True


def reasons_against_asking(
    case: Case, kind: DocumentKind, meeting: Meeting | None = None
) -> list[Reason]:
    """What is missing before this document can be made; empty when it can (R-6.3)."""
    state = meeting.state if meeting else ""
    if kind == DocumentKind.OT_INVITATION and state != MeetingState.CONVENED:
        text = "Er is geen OT bijeengeroepen dat nog moet komen."
        return [Reason(text, "De directeur roept het OT bijeen.", "ot_is_convened")]
    if kind == DocumentKind.OT_REPORT and state != MeetingState.FINAL:
        text = "Het verslag van het OT is nog niet definitief."
        return [Reason(text, "De directeur maakt het definitief.", "ot_report_is_final")]
    if kind == DocumentKind.CLOSING_REPORT and case.state != CaseState.CLOSED:
        text = "Deze casus is nog niet afgerond."
        return [Reason(text, "De directeur kan de casus afronden.", "case_is_closed")]
    return []


@after_rules
def store_document(
    document: Document, *, content: bytes, pages: int, actor: Actor, now: datetime
) -> None:
    """Keep a rendered PDF with its hash; from here on it never changes (R-16.5)."""
    with transaction.atomic():
        # Whoever takes back what this rests on waits, or went first.
        Case.unscoped.select_for_update(of=("self",)).get(pk=document.case_id)
        if not is_still_wanted(document, day=now.date()):
            mark_failed(document, why=NOT_WANTED, actor=actor, now=now)
            return
        stored = _still_under_way(document).update(
            state=DocumentState.READY,
            progress="",
            content=content,
            sha256=sha256(content).hexdigest(),
            pages=pages,
            rendered_at=now,
        )
        if stored:
            record(Verb.DOCUMENT_STORED, document, actor=actor, now=now)


@after_rules
def mark_failed(document: Document, *, why: str, actor: Actor, now: datetime) -> None:
    """Say readably that a PDF could not be made; asking again tries again."""
    with transaction.atomic():
        _still_under_way(document).update(state=DocumentState.FAILED, progress=why)
        record(Verb.DOCUMENT_FAILED, document, actor=actor, now=now, reason=why)


def is_still_wanted(document: Document, *, day: date) -> bool:
    """Whoever asked for it still reads the case: a job has their rights and no more (AR-38)."""
    asker = document.created_by
    return asker is None or may_read(
        asker, document.dossier_id, day=day, relations=WORKING_RELATIONS
    )


def is_being_made(document: Document) -> bool:
    """A worker has it or will take it; false when it was given up on."""
    return document.state in UNDER_WAY and _work_for(document).exists()


def _is_waiting(document: Document) -> bool:
    # The lock keeps workers off until this transaction ends, so that they read what it wrote.
    waiting = _work_for(document).filter(claimed_until__isnull=True)
    return waiting.select_for_update(skip_locked=True).first() is not None


def _work_for(document: Document) -> QuerySet[OutboxEntry]:
    return OutboxEntry.objects.filter(
        kind=RENDER, subject_id=document.pk, done_at__isnull=True, dead_at__isnull=True
    )


def _still_under_way(document: Document) -> QuerySet[Document]:
    return Document.unscoped.filter(pk=document.pk, state__in=UNDER_WAY)


def _queue(
    case: Case,
    kind: DocumentKind,
    audience: DocumentAudience,
    *,
    actor: Actor,
    now: datetime,
    meeting: Meeting | None = None,
) -> Document:
    with transaction.atomic():
        # Versions count one at a time, whoever asks.
        Case.unscoped.select_for_update(of=("self",)).get(pk=case.pk)
        rows = Document.unscoped.filter(case=case, kind=kind, for_audience=audience)
        last = rows.defer("content").order_by("-version").first()
        is_same = last is not None and last.meeting_id == (meeting.pk if meeting else None)
        if last and is_same and last.state in UNDER_WAY and _is_waiting(last):
            return last
        if last and is_same and last.state != DocumentState.READY and not is_being_made(last):
            document = last
            document.state, document.progress = DocumentState.QUEUED, ""
            document.save(update_fields=["state", "progress"])
        else:
            document = Document.unscoped.create(
                case=case,
                meeting=meeting,
                kind=kind,
                for_audience=audience,
                audience=meeting_audience(meeting.pk) if meeting else "",
                version=last.version + 1 if last else 1,
                replaces=last if is_same else None,
                **stamp(case, actor=actor, now=now),
            )
        record(Verb.DOCUMENT_ASKED, document, actor=actor, now=now)
        enqueue(RENDER, document.pk, now=now)
    return document

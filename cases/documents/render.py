"""HTML to PDF in a child process with limits: a killed child is a sentence, never a lost worker."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from cases.documents import child

CHILD = Path(child.__file__)
MOST_BYTES = 2 * 1024**2
# A fixed moment inside the fonts: the same input gives the same bytes.
ENVIRONMENT = {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": "0"}

TOO_LARGE = "Het stuk is te groot om te maken. Maak de teksten korter en vraag het opnieuw aan."
TOO_SLOW = "Het maken duurde te lang. Vraag het stuk later opnieuw aan."
NOT_OURS = "In het stuk staat een verwijzing die niet mag. De beheerder kan dit nakijken."
BROKEN = "Het maken is niet gelukt. Vraag het stuk later opnieuw aan."


class RenderFailed(Exception):
    """No PDF came out; `why` is a sentence for the reader, `is_final` when trying again is idle."""

    def __init__(self, why: str, *, is_final: bool) -> None:
        super().__init__(why)
        self.why, self.is_final = why, is_final


@dataclass(frozen=True)
class Rendered:
    """A finished PDF."""

    content: bytes
    pages: int


REFUSALS = {child.REFUSED: NOT_OURS, child.TOO_DEEP: TOO_LARGE, child.TOO_BIG: TOO_LARGE}


def render_pdf(html: str) -> Rendered:
    """Render a page with the packaged style sheet and fonts.

    Errors: RenderFailed, also when the child is killed by a limit.
    Units:  `RENDER_SECONDS` of settings, 30 by default.
    """
    page = html.encode()
    if len(page) > MOST_BYTES:
        raise RenderFailed(TOO_LARGE, is_final=True)
    with tempfile.TemporaryDirectory(prefix="stuk-") as folder:
        done = _run(page, folder)
    if done.returncode in REFUSALS:
        raise RenderFailed(REFUSALS[done.returncode], is_final=True)
    if done.returncode != 0:
        raise RenderFailed(BROKEN, is_final=False)
    facts, _, content = done.stdout.partition(b"\n")
    return Rendered(content, json.loads(facts)["pages"])


def _run(page: bytes, folder: str) -> subprocess.CompletedProcess[bytes]:
    # -I: nothing of our environment or paths; no address or password goes along.
    command = [sys.executable, "-I", str(CHILD)]
    try:
        return subprocess.run(
            command,
            input=page,
            capture_output=True,
            cwd=folder,
            env=ENVIRONMENT | {"HOME": folder},
            timeout=getattr(settings, "RENDER_SECONDS", 30),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RenderFailed(TOO_SLOW, is_final=True) from error

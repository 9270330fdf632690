"""A scan of signed paper: what it is follows from its content, never from its name."""

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

import pikepdf
from PIL import Image

MEGABYTE = 1024 * 1024
MOST_BYTES = 4 * MEGABYTE
MOST_PAGES = 20
# A phone's camera gives some 12 million; far beyond that it is a bomb.
MOST_PIXELS = 60_000_000
IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png"}
PDF = "application/pdf"
ENDINGS = {PDF: "pdf", "image/jpeg": "jpg", "image/png": "png"}


class ScanRefused(ValueError):
    """This file is no scan; its text is for the reader, in Dutch."""


@dataclass(frozen=True)
class Scan:
    """A file that was looked into, and what it is."""

    content: bytes
    content_type: str


def read_scan(file: BinaryIO, size: int | None) -> Scan:
    """Look into an uploaded file.

    Errors: ScanRefused when it is empty, too large, no PDF, JPEG or PNG, or does more than show.
    """
    if size is None or size > MOST_BYTES:
        raise ScanRefused(
            f"Deze scan is groter dan {MOST_BYTES // MEGABYTE} MB. Maak haar kleiner."
        )
    content = file.read(MOST_BYTES + 1)
    if not content:
        raise ScanRefused("Dit bestand is leeg. Kies een ander bestand.")
    if content.startswith(b"%PDF-"):
        _check_pdf(content)
        return Scan(content, PDF)
    return Scan(content, _image_type(content))


def _image_type(content: bytes) -> str:
    try:
        with Image.open(BytesIO(content), formats=tuple(IMAGES)) as image:
            kind, (width, height) = image.format, image.size
            image.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ScanRefused("Kies een scan als PDF, JPEG of PNG.") from error
    if width * height > MOST_PIXELS:
        raise ScanRefused("Deze foto is te groot. Maak haar kleiner.")
    return IMAGES[str(kind)]


def _check_pdf(content: bytes) -> None:
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            pages, is_plain = len(pdf.pages), _only_shows(pdf)
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise ScanRefused("Deze PDF is beschadigd of met een wachtwoord gesloten.") from error
    if not 0 < pages <= MOST_PAGES:
        raise ScanRefused(f"Een scan heeft hoogstens {MOST_PAGES} bladzijden.")
    if not is_plain:
        raise ScanRefused("In deze PDF zit meer dan tekst en beeld. Scan het papier opnieuw.")


def _only_shows(pdf: pikepdf.Pdf) -> bool:
    """No script, no file inside, nothing that starts by itself but the first page."""
    start, names = pdf.Root.get("/OpenAction"), pdf.Root.get("/Names")
    holds = [key for key in ("/JavaScript", "/EmbeddedFiles") if names is not None and key in names]
    starts = isinstance(start, pikepdf.Dictionary) and start.get("/S") != "/GoTo"
    return not holds and not starts and "/AA" not in pdf.Root

"""What a screen reader needs of a PDF: tags, a language, a title, words for pictures."""

from dataclasses import dataclass
from pathlib import Path

import pikepdf


@dataclass(frozen=True)
class Fact:
    """One thing looked at: what it is called, what was found, whether that is right."""

    name: str
    found: str
    is_right: bool


def check_pdf(path: Path) -> list[Fact]:
    """Look at a PDF file. Errors: pikepdf.PdfError when it is none."""
    with pikepdf.open(path) as pdf:
        root = pdf.Root
        marked = _is_on(root, "/MarkInfo", "/Marked")
        language = str(root.get("/Lang", ""))
        kinds = [str(element.get("/S", "")) for element in _elements(pdf)]
        title = str(pdf.docinfo.get("/Title", ""))
        shows_title = _is_on(root, "/ViewerPreferences", "/DisplayDocTitle")
        part = str(pdf.open_metadata().get("pdfuaid:part", ""))
        mute = [row for row in _elements(pdf) if row.get("/S") == "/Figure" and "/Alt" not in row]
    headings = sum(kind.startswith("/H") for kind in kinds)
    return [
        Fact("Marked", str(marked).lower(), marked),
        Fact("Lang", language or "none", bool(language)),
        Fact("StructTreeRoot", f"{len(kinds)} elements, {headings} headings", headings > 0),
        Fact("Title", title or "none", bool(title)),
        Fact("DisplayDocTitle", str(shows_title).lower(), shows_title),
        Fact("PDF/UA part", part or "none", part == "1"),
        Fact("Figures without words", str(len(mute)), not mute),
    ]


def _is_on(root: pikepdf.Object, group: str, flag: str) -> bool:
    return group in root and bool(root[group].get(flag, False))


def _elements(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Every element of the structure tree; empty when there is no tree."""
    if "/StructTreeRoot" not in pdf.Root:
        return []
    return [
        row
        for row in pdf.objects
        if isinstance(row, pikepdf.Dictionary) and row.get("/Type") == "/StructElem"
    ]

"""The list of cases as a file: the same rows as on the screen, all pages at once."""

import csv
import io
from collections.abc import Iterable

from openpyxl import Workbook

from cases.pages.case_list import CaseLine

HEAD = ("Leerling", "Groep", "Stand", "Sinds", "Regie", "School", "Casus")
# A spreadsheet takes what begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t")


def as_csv(lines: Iterable[CaseLine]) -> bytes:
    """Write the lines with semicolons, as Dutch spreadsheets read them."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";")
    writer.writerow(HEAD)
    writer.writerows(_cells(line) for line in lines)
    return stream.getvalue().encode("utf-8-sig")


def as_xlsx(lines: Iterable[CaseLine]) -> bytes:
    """Write the lines as a workbook with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Casussen")
    sheet.append(HEAD)
    for line in lines:
        sheet.append(_cells(line))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


FORMATS = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}


def _cells(line: CaseLine) -> tuple[str, ...]:
    cells = (
        line.name,
        line.group,
        line.badge.label,
        line.since,
        line.lead,
        line.school,
        line.number,
    )
    return tuple(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)

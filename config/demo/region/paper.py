"""A signed paper as the demo's schools would scan it."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from cases.scans import Scan


@cache
def signed_paper() -> Scan:
    """Draw one sheet with two lines and a signature; the same for every family."""
    sheet = Image.new("L", (420, 594), 255)
    pen = ImageDraw.Draw(sheet)
    pen.text((40, 60), "Toestemming", fill=0)
    pen.text((40, 90), "Ja, dat mag. (voorbeeld)", fill=0)
    pen.line([(40, 200), (90, 180), (120, 215), (160, 175), (210, 205)], fill=60, width=3)
    file = BytesIO()
    sheet.save(file, "PNG")
    return Scan(file.getvalue(), "image/png")

"""The renderer, run as a program of its own: HTML comes in, a PDF goes out, nothing else.

It knows no Django, no database and no network: whatever a document contains, it can reach
only the style sheet and the fonts that we ship, and it dies alone when it asks too much.
"""

import json
import resource
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

STATIC = Path(__file__).resolve().parents[2] / "static"
BASE_URL = "https://packaged.invalid/"
PACKAGED = {
    BASE_URL + name: (STATIC / name, content_type)
    for name, content_type in (
        ("css/pdf.css", "text/css"),
        ("vendor/open-sans/open-sans-latin-wght-normal.woff2", "font/woff2"),
        ("vendor/open-sans/open-sans-latin-ext-wght-normal.woff2", "font/woff2"),
    )
}

MEMORY_BYTES = 1024**3
CPU_SECONDS = 30
FILE_BYTES = 64 * 1024**2
OPEN_FILES = 64
DEEPEST = 64

REFUSED, TOO_DEEP, TOO_BIG = 3, 4, 5
FORBIDDEN_EVENTS = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "col", "wbr", "source", "embed"})


class Depth(HTMLParser):
    """Counts how deep the elements of a page are nested."""

    def __init__(self) -> None:
        super().__init__()
        self.now = self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One deeper, unless the element has no inside."""
        if tag not in VOID:
            self.now += 1
            self.deepest = max(self.deepest, self.now)

    def handle_endtag(self, tag: str) -> None:
        """One less deep."""
        if tag not in VOID:
            self.now -= 1


def limit() -> None:
    """Bound memory, processor time, files written and files open, for good."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def forbid(event: str, _arguments: tuple) -> None:
    """Refuse sockets and other programs, whoever asks."""
    if event.startswith(FORBIDDEN_EVENTS):
        raise PermissionError(event)


def is_too_deep(html: str) -> bool:
    """Nesting beyond what our templates have costs time that grows with it."""
    depth = Depth()
    depth.feed(html)
    return depth.deepest > DEEPEST


def packaged_only() -> Any:
    """Give the one fetcher: it knows the packaged files by name, any other address ends it all."""
    from weasyprint.urls import (  # slow import
        FatalURLFetchingError,
        URLFetcher,
        URLFetcherResponse,
    )

    class PackagedOnly(URLFetcher):
        """Errors: FatalURLFetchingError for whatever is not packaged, also data in the address."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            """Give a packaged file."""
            if url not in PACKAGED:
                raise FatalURLFetchingError("an address that is not ours")
            path, content_type = PACKAGED[url]
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type})

    return PackagedOnly()


def render(html: str) -> tuple[bytes, int]:
    """Render a page to a tagged PDF. Shape: its bytes and how many pages it has."""
    from weasyprint import HTML  # slow import
    from weasyprint.urls import FatalURLFetchingError  # slow import

    page = HTML(string=html, base_url=BASE_URL, url_fetcher=packaged_only())
    sys.addaudithook(forbid)
    try:
        document = page.render(pdf_variant="pdf/ua-1")
        return document.write_pdf(pdf_variant="pdf/ua-1"), len(document.pages)
    except FatalURLFetchingError:
        sys.exit(REFUSED)


def main() -> None:
    """Read HTML from standard input; write one line of facts and then the PDF."""
    limit()
    html = sys.stdin.buffer.read().decode()
    if is_too_deep(html):
        sys.exit(TOO_DEEP)
    try:
        content, pages = render(html)
    except (MemoryError, RecursionError):
        sys.exit(TOO_BIG)
    sys.stdout.buffer.write(json.dumps({"pages": pages}).encode() + b"\n" + content)


if __name__ == "__main__":
    main()

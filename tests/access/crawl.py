"""Following every link from Vandaag, as far as one persona comes, and finding the tokens in what came back."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from tests.access.browser import Browser

TOKEN = re.compile(rb"zk\d{5}q|2026-7\d{4}")
# Signing out ends the walk; the door has tests of its own.
CLOSED = ("/accounts/", "/static/", "/rol/", "/demo/")


@dataclass
class Walk:
    """The pages that were reached, all bytes counted, and where each token stood."""

    pages: list[str] = field(default_factory=list)
    size: int = 0
    found: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect addresses of links, and of what is fetched while reading."""
        for name, value in attrs:
            if name in ("href", "hx-get") and value:
                self.links.append(value)


def crawl(browser: Browser, starts: list[str], *, most: int) -> Walk:
    """Walk breadth first, with each kind of page before more of the same kind."""
    walk, waiting, known = Walk(), list(starts), set(starts)
    seen_kinds: dict[str, int] = {}
    while waiting and len(walk.pages) < most:
        waiting.sort(key=lambda address: seen_kinds.get(_kind(address), 0))
        address = waiting.pop(0)
        seen_kinds[_kind(address)] = seen_kinds.get(_kind(address), 0) + 1
        response = browser.get(address)
        body = response.content
        walk.pages.append(address)
        walk.size += len(body)
        if response.status_code >= 500:
            walk.broken.append(address)
        for token in TOKEN.findall(body + str(response.headers).encode()):
            walk.found.setdefault(token.decode(), address)
        for link in _links(address, response):
            if link not in known:
                known.add(link)
                waiting.append(link)
    return walk


def _kind(address: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "*", address)


def _links(address: str, response) -> list[str]:  # noqa: ANN001
    if location := response.headers.get("Location"):
        found = [location]
    elif response.headers.get("Content-Type", "").startswith("text/html"):
        parser = _Links()
        parser.feed(response.content.decode())
        found = parser.links
    else:
        found = []
    return [link for link in (_inside(address, each) for each in found) if link]


def _inside(address: str, link: str) -> str:
    parts = urlsplit(urljoin(address, link))
    is_ours = not parts.scheme and not parts.netloc and not parts.path.startswith(CLOSED)
    return f"{parts.path}?{parts.query}".rstrip("?") if is_ours else ""

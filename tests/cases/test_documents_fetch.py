"""Nothing that somebody typed makes the renderer fetch, embed or run anything."""

import socket
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO

import pikepdf
import pytest
from django.db.models import CharField, Model, TextField
from weasyprint.urls import FatalURLFetchingError

from cases.documents.child import BASE_URL, PACKAGED, packaged_only
from cases.documents.making import html_of
from cases.documents.render import NOT_OURS, RenderFailed, render_pdf
from cases.models import (
    Agreement,
    Contribution,
    Evaluation,
    Goal,
    GoalEvaluation,
    Invitee,
    Meeting,
    MeetingLine,
    MonitoringPlan,
    Plan,
    Session,
)
from schools.models import Carer, Group, Student
from teams.access.actor import as_system
from teams.models import Organization, User
from tests.cases import papers
from tests.cases.test_documents_text import PAPERS, words
from tests.world import build_world

CANARY = "kanarie-in-een-bestand"
TYPED_IN = (
    Agreement,
    Carer,
    Contribution,
    Evaluation,
    Goal,
    GoalEvaluation,
    Group,
    Invitee,
    Meeting,
    MeetingLine,
    MonitoringPlan,
    Organization,
    Plan,
    Session,
    Student,
    User,
)
PAYLOADS = (
    '<img src="{http}/a.png">',
    '<img src="file://{file}">',
    '<img src="//{host}/a.png">',
    '<img src="data:image/svg+xml,<svg/>">',
    '<img src="ftp://{host}/a">',
    '<img srcset="{http}/a 2x">',
    '<link rel="stylesheet" href="{http}/a.css">',
    '<link rel="attachment" href="file://{file}">',
    '<a rel="attachment" href="file://{file}">x</a>',
    '<a rel="attachment" href="{http}/a">x</a>',
    '<style>@import "{http}/a.css";</style>',
    "<style>body{{background:url({http}/a)}}</style>",
    "<style>@font-face{{font-family:a;src:url({http}/a)}}p{{font-family:a}}</style>",
    '<p style="background:url(file://{file})">x</p>',
    '<p style="content:url({http}/a)">x</p>',
    '<svg><use href="{http}/a.svg#a"/></svg>',
    '<svg><image href="file://{file}"/></svg>',
    '<svg><image xlink:href="{http}/a"/></svg>',
    '<object data="file://{file}"></object>',
    '<embed src="{http}/a">',
    '<iframe src="{http}/a"></iframe>',
    '<base href="{http}/">',
    '<meta http-equiv="refresh" content="0;url={http}/">',
    '<script src="{http}/a.js"></script>',
    "]]>--></title></style><img src={http}/a>",
)
# What WeasyPrint would go and fetch, were it markup: each must end the rendering.
FETCHED = frozenset({0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 18, 19, 21})
# A process each: these run with every suite, the others with the whole one.
QUICK = frozenset({0, 8, 10})


class Listener:
    """A web server on this machine that only counts who comes by."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.hits = 0
        threading.Thread(target=self._count, daemon=True).start()

    @property
    def host(self) -> str:
        """Its address."""
        return f"127.0.0.1:{self.socket.getsockname()[1]}"

    def _count(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.hits += 1
            connection.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.socket.close()


@pytest.fixture
def payloads(listener, tmp_path) -> tuple[str, ...]:
    """Every payload, aimed at a real listener and a real file."""
    canary = tmp_path / "kanarie.txt"
    canary.write_text(CANARY)
    aim = {"http": f"http://{listener.host}", "host": listener.host, "file": canary}
    return tuple(payload.format(**aim) for payload in PAYLOADS)


class Tags(HTMLParser):
    """Collects what a page is made of, without its texts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, tuple(name for name, _ in attrs)))


def tags_of(page: str) -> list[tuple]:
    parser = Tags()
    parser.feed(page)
    return parser.found


def text_fields(model: type[Model]) -> list:
    """Fields that somebody types freely."""
    fixed = {"compartment", "audience", "source_kind", "persona", "key", "password", "email"}
    return [
        field
        for field in model._meta.fields
        if isinstance(field, CharField | TextField)
        and not field.choices
        and field.name not in fixed
        and not field.unique
    ]


def type_everywhere(payloads: tuple[str, ...], *, start: int = 0) -> None:
    """Fill every field that is filled: long ones with all payloads, short ones with one in turn."""
    turn = start
    for model in TYPED_IN:
        manager = getattr(model, "unscoped", None) or model._default_manager
        for field in text_fields(model):
            turn += 1
            text = payloads[turn % len(payloads)]
            text = " ".join(payloads) if field.max_length is None else text[: field.max_length]
            manager.exclude(**{field.name: ""}).update(**{field.name: text})


@pytest.fixture
def desk(db) -> papers.Desk:
    return papers.closed(build_world())


def page_of(desk: papers.Desk, name: str) -> str:
    with as_system("test"):
        return html_of(papers.document_of(desk, *PAPERS[name]))


@pytest.mark.parametrize("step", [8, pytest.param(1, marks=pytest.mark.long)])
def test_what_is_typed_stays_text_in_every_field(desk, payloads, step):
    benign = {name: tags_of(page_of(desk, name)) for name in PAPERS}
    for payload in payloads[::step]:
        with as_system("test"):
            type_everywhere((payload,))
        assert {name: tags_of(page_of(desk, name)) for name in PAPERS} == benign


@pytest.mark.parametrize(
    "name",
    [
        "ot_report",
        *(pytest.param(name, marks=pytest.mark.long) for name in PAPERS if name != "ot_report"),
    ],
)
def test_typed_payloads_are_printed_and_nothing_is_fetched(desk, payloads, listener, name):
    with as_system("test"):
        type_everywhere(payloads)
    content = render_pdf(page_of(desk, name)).content
    text = words(content)
    assert "<img" in text or "<link" in text or "<a rel" in text
    assert CANARY not in text
    assert CANARY.encode() not in content
    assert not pikepdf.open(BytesIO(content)).attachments
    assert listener.hits == 0


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(number, marks=() if number in QUICK else pytest.mark.long)
        for number in range(len(PAYLOADS))
    ],
)
def test_even_as_markup_nothing_is_fetched(payloads, listener, number):
    hostile = payloads[number]
    page = f"<html lang=nl><head><title>x</title>{hostile}</head><body><h1>x</h1>{hostile}"
    page += '<img src="css/pdf.css" alt=""></body></html>'
    if number in FETCHED or number == len(PAYLOADS) - 1:
        with pytest.raises(RenderFailed, match=NOT_OURS):
            render_pdf(page)
    else:
        content = render_pdf(page).content
        assert CANARY not in words(content)
        assert not pikepdf.open(BytesIO(content)).attachments
    assert listener.hits == 0


def test_the_fetcher_knows_only_packaged_names(payloads):
    fetcher = packaged_only()
    for address in PACKAGED:
        assert fetcher.fetch(address).read()
    for address in (
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "ftp://127.0.0.1/",
        "data:text/css,p{}",
        BASE_URL,
        BASE_URL + "css/theme.css",
        BASE_URL + "css/pdf.css?x",
        BASE_URL + "css/../css/pdf.css",
        BASE_URL.replace("https", "http") + "css/pdf.css",
        "//packaged.invalid/css/pdf.css",
    ):
        with pytest.raises(FatalURLFetchingError):
            fetcher.fetch(address)

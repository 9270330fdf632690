"""A-87: exactly these headers on every route by every method, on errors, files and redirects too."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from teams.models import ReportCount
from tests.access.addresses import examples
from tests.access.full_case import LATER, FullCase, build_full_case

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "report-uri /meldingen/",
    "report-to huis",
}
EXACT = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store, private",
    "Reporting-Endpoints": 'huis="/meldingen/"',
}
# What people upload is given as a file in a sandbox.
UPLOADS = {"consent-scan"}
TOO_MUCH = ("Server", "X-Powered-By", "Access-Control-Allow-Origin", "Refresh")


@pytest.fixture(autouse=True)
def _as_in_production(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 63072000
    settings.SECURE_HSTS_PRELOAD = True


@pytest.fixture
def full(world) -> Iterator[FullCase]:
    with time_machine.travel(LATER, tick=False):
        yield build_full_case(world)


def _faults(answer, policy: set[str] = POLICY) -> list[str]:
    found = [
        f"{name}: {answer.get(name)}" for name, value in EXACT.items() if answer.get(name) != value
    ]
    if set(answer.get("Content-Security-Policy", "").split("; ")) != policy:
        found.append(f"policy: {answer.get('Content-Security-Policy')}")
    permissions = answer.get("Permissions-Policy", "")
    if "camera=()" not in permissions or "publickey-credentials-get=(self)" not in permissions:
        found.append(f"permissions: {permissions}")
    return found + [f"too much: {name}" for name in TOO_MUCH if name in answer]


def _ask(client: Client, method: str, address: str):
    return client.generic(method, address, secure=True)


def test_a87_every_route_by_every_method(full):
    client, nobody = Client(raise_request_exception=False), Client(raise_request_exception=False)
    wrong, count, statuses = [], 0, set()
    for name, address in examples(full).items():
        for method in METHODS:
            if name == "account_logout" and method == "POST":
                continue
            client.force_login(full.world.people["ib-kade"])
            for asker in (client, nobody):
                answer = _ask(asker, method, address)
                count += 1
                statuses.add(answer.status_code)
                also = {"sandbox"} if name in UPLOADS else set()
                faults = _faults(answer, POLICY | also)
                wrong += [(name, method, answer.status_code, fault) for fault in faults]
                if answer.status_code >= 500:
                    wrong.append((name, method, answer.status_code, "an error of ours"))
    print(f"A-87: {len(wrong)} of {count} answers differ; statuses {sorted(statuses)}")
    assert wrong == []


@pytest.mark.parametrize(
    ("address", "more", "status"),
    [
        ("/bestaat/niet/", {}, 404),
        ("/casussen", {}, 301),
        ("/accounts/login/", {"HTTP_HOST": "elders.example"}, 400),
        ("/demo/postvak/", {}, 404),
        ("/healthz", {"HTTP_HOST": "elders.example"}, 200),
        ("/static/bestaat-niet.css", {}, 404),
    ],
)
def test_what_answers_outside_the_pages(db, client, address, more, status):
    answer = client.get(address, secure=True, **more)
    assert answer.status_code == status
    assert _faults(answer) == []


@pytest.mark.urls("tests.access.doors")
def test_an_error_of_ours(world):
    client = Client(raise_request_exception=False)
    client.force_login(world.people["ib-kade"])
    answer = client.get("/fail/", secure=True)
    assert answer.status_code == 500
    assert _faults(answer) == []


def test_only_files_of_the_product_may_be_kept(db, client):
    answer = client.get("/static/css/theme.css", secure=True)
    assert answer.status_code == 200
    assert [fault for fault in _faults(answer) if not fault.startswith("Cache-Control")] == []
    assert "no-store" not in answer["Cache-Control"]


def test_a_report_is_counted_and_nothing_of_it_is_kept(world, client):
    client.force_login(world.people["ib-kade"])
    report = {
        "csp-report": {
            "document-uri": "https://route.example/casussen/geheim/",
            "effective-directive": "script-src-elem",
            "script-sample": "Noor",
        }
    }
    newer = [{"type": "csp-violation", "body": {"effectiveDirective": "img-src"}}] * 2
    bad = [
        b"geen json",
        b"[1]",
        b"{}",
        json.dumps([{"body": {"effectiveDirective": "x"}}]).encode(),
    ]
    for body in (json.dumps(report).encode(), json.dumps(newer).encode(), *bad, b"[" * 20_000):
        sent = client.post("/meldingen/", body, content_type="application/csp-report")
        assert sent.status_code == 204
    counts = dict(ReportCount.objects.values_list("directive", "count"))
    assert Client().post("/meldingen/", b"[]", content_type="text/plain").status_code == 302
    assert counts == {"script-src": 1, "img-src": 2, "iets anders": 1}

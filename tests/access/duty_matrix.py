"""What hangs under no dossier, tried by every persona: by what it changes or shows, not by its answer alone."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError, connection, models, transaction
from django.urls import reverse

from cases.actions.documents import is_still_wanted
from cases.actions.drafts import keep_draft
from cases.models import (
    Case,
    CaseTransition,
    Consent,
    ConsentDecision,
    ConsentScan,
    Document,
    Draft,
    TransitionNote,
)
from teams.access.actor import actor_for, as_system
from teams.access.fence import beyond_seats
from teams.enums import AlarmKind, GlassCategory, Role
from teams.models import AccessEntry, Alarm, AuditEntry, BreakGlass, Proposal
from teams.models.grant import Answer, ProposalKind
from tests.access.browser import Browser
from tests.access.oracle_duties import Duty, duty, work_for
from tests.access.personas import PERSONAS, Persona
from tests.access.region import TODAY, Region
from tests.access.row_matrix import acting, judged, reader_of
from tests.access.step_matrix import cases_for_steps
from tests.access.tally import Tally
from tests.world import NOW

FORM = "signal-new"
FLAGS, GLASSES = 12, 8
# Nobody changes or deletes these (D11): the trace, what was asked and answered, steps taken, final papers.
IMMUTABLE: dict[type[models.Model], dict] = {
    AuditEntry: {},
    AccessEntry: {},
    Consent: {"asked_on__isnull": False},
    ConsentDecision: {},
    ConsentScan: {},
    CaseTransition: {},
    TransitionNote: {},
    Document: {"state": "READY"},
}


@dataclass(frozen=True)
class Try:
    """One thing to try, and how to see whether it went through."""

    duty: Duty
    send: Callable[[Browser], bytes]
    went_through: Callable[[bytes], bool]


def add_duties(region: Region) -> list[Try]:
    """Write the rows to try things on."""
    found = [*_drafts(region), *_proposals(region), *_glasses(region), *_flags()]
    found += [_account(region, key) for key in region.people]
    return found


def _post(name: str, row: models.Model, given: dict) -> Callable[[Browser], bytes]:
    return lambda browser: browser.post(reverse(name, args=[row.pk]), given).content


def _is_set(row: models.Model, name: str) -> Callable[[bytes], bool]:
    def is_set(_body: bytes) -> bool:
        return bool(type(row)._base_manager.values_list(name, flat=True).get(pk=row.pk))

    return is_set


def _drafts(region: Region) -> Iterator[Try]:
    for number, (key, person) in enumerate(region.people.items()):
        words = f"concept{number:04d}q"
        keep_draft(FORM, words, actor=actor_for(person, day=TODAY, now=NOW), now=NOW)
        yield Try(
            Duty("draft", by=key),
            lambda browser: browser.get(reverse("draft", args=[FORM])).content,
            lambda body, words=words: words.encode() in body,
        )
    assert Draft.objects.count() == len(region.people)


def _proposals(region: Region) -> Iterator[Try]:
    """Each person at the home school or its SWV is proposed for a post by the administrator."""
    for key in (row.key for row in PERSONAS if row.employer in ("kade", "swv") and not row.same_as):
        if key == "admin":
            continue
        place = region.known.people[key].employer
        row = Proposal.objects.create(
            kind=ProposalKind.GIVE, person=region.people[key], role=Role.HEAD, reason="Ziek",
            organization=region.organizations[place], since=TODAY + timedelta(9),
            proposed_by=region.people["admin"], proposed_at=NOW,
        )  # fmt: skip
        yield Try(
            Duty("proposal", by="admin", about=key, at=place),
            _post("rights-decide", row, {"answer": Answer.NO}),
            _is_set(row, "answer"),
        )


def _glasses(region: Region) -> Iterator[Try]:
    """Hours that heads took at transferred cases of their own schools, to look back on."""
    for school in ("kade", "werf", "duin"):
        cases = [row for row in region.known.cases.values() if row.school == school][:GLASSES]
        for dossier in Case.unscoped.filter(pk__in=[row.key for row in cases]).values("dossier_id"):
            row = BreakGlass.objects.create(
                person=region.people[f"head-{school}"], role=Role.HEAD, **dossier, asked_at=NOW,
                category=GlassCategory.ENDED_CASE, reason="Een vraag van de nieuwe school over toen.",
                opened_at=NOW - timedelta(hours=3), ends_at=NOW - timedelta(hours=2),
            )  # fmt: skip
            yield Try(
                Duty("glass", by=f"head-{school}", at=school),
                _post("glass-review", row, {"is_justified": "ja", "remark": "Terecht."}),
                _is_set(row, "reviewed_at"),
            )


def _flags() -> Iterator[Try]:
    for number in range(FLAGS):
        row = Alarm.objects.create(
            kind=AlarmKind.CURIOSITY, text=f"REFUSED {number}", raised_at=NOW
        )
        yield Try(
            Duty("flag"),
            _post("oversight-answer", row, {"answer": "Besproken."}),
            _is_set(row, "seen_at"),
        )


def _account(region: Region, key: str) -> Try:
    address = reverse("rights-person", args=[region.people[key].pk])
    mail = region.people[key].email.encode()
    return Try(
        Duty("account", about=key),
        lambda browser: browser.get(address).content,
        lambda body: mail in body,
    )


def duty_matrix(
    region: Region, tries: list[Try], *, personas: Iterable[Persona] = PERSONAS
) -> Tally:
    """Let every persona try everything; whatever went through is undone."""
    judge, tally = judged(region), Tally()
    for persona in personas:
        browser, reader = Browser(region, persona), reader_of(persona)
        for each in tries:
            with transaction.atomic():
                is_let_in = each.went_through(each.send(browser))
                transaction.set_rollback(True)
            verdict = duty(judge, reader, each.duty)
            what = f"{each.duty.kind} {each.duty.by} {each.duty.about} {each.duty.at}"
            tally.add(persona.key, what, verdict, is_let_in)
        _change_what_stands(region, persona, tally)
        _let_the_worker_go_on(region, persona, tally)
    return tally


def _change_what_stands(region: Region, persona: Persona, tally: Tally) -> None:
    """Update and delete what nobody changes, through the seats and past them."""
    verdict = duty(judged(region), reader_of(persona), Duty("immutable"))
    for model in IMMUTABLE:
        for words in ("UPDATE {0} SET id = id", "DELETE FROM {0}"):
            with acting(region, persona):
                tally.add(persona.key, f"{model.__name__} {words}", verdict, changes(model, words))
            if not persona.posts:
                with acting(region, persona), beyond_seats("past the seats"):
                    past = changes(model, words)
                tally.add(persona.key, f"{model.__name__} {words}, past seats", verdict, past)


def changes(model: type[models.Model], words: str) -> bool:
    """Does this statement change a row that stands?"""
    rows = getattr(model, "unscoped", model._base_manager).filter(**IMMUTABLE[model])
    keys = list(rows.values_list("pk", flat=True)[:1])
    with transaction.atomic():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"{words.format(model._meta.db_table)} WHERE id = ANY (%s)", [keys])
                return bool(cursor.rowcount)
        except DatabaseError:
            return False
        finally:
            transaction.set_rollback(True)


def _let_the_worker_go_on(region: Region, persona: Persona, tally: Tally) -> None:
    """What somebody asked for is made while they read the case, and not after."""
    judge, person = judged(region), region.people[persona.person]
    with as_system("render"):
        for case in cases_for_steps(region):
            dossier = Case.unscoped.values_list("dossier_id", flat=True).get(pk=case.key)
            paper = Document(case_id=case.key, dossier_id=dossier, created_by=person)
            verdict = work_for(judge, persona.person, case)
            what = f"paper asked in {case.state} {case.key[:8]}"
            tally.add(persona.key, what, verdict, is_still_wanted(paper, day=TODAY))

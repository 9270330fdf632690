"""The consents of the region: every status, and ages by custody around each birthday (access.md 2.6)."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from cases.actions.consents import SCAN_AUDIENCE
from cases.enums import ConsentDecisionKind, ConsentForm, ConsentPurpose
from cases.models import Case, Consent, ConsentDecision, ConsentReminder, ConsentScan
from cases.queries.facts import CaseFacts
from cases.seating import case_table
from schools.models import Carer
from teams.access.seating import write_seats
from tests.access import facts
from tests.access.region import TODAY, Region, build_region
from tests.access.region_cases import STATES, Table, add_case
from tests.access.region_pupils import (
    FORMS,
    Birth,
    add_pupil,
    add_school_rows,
    born,
    reseat_everyone,
)

STATUSES = ("none", "draft", "asked", "one", "refused", "granted", "wrong", "expired", "withdrawn",
            "reconfirm")  # fmt: skip
RECIPIENTS = ("swv", "family", "district", "cjg", "welfare", "town")
ASKED, SAID = TODAY - timedelta(60), TODAY - timedelta(50)
DECISIONS = {
    "given": ConsentDecisionKind.GIVEN,
    "refused": ConsentDecisionKind.REFUSED,
    "withdrawn": ConsentDecisionKind.WITHDRAWN,
    "heard": ConsentDecisionKind.HEARD,
}
# Eve of the 12th birthday, that day, 13, 15, the 16th birthday, 17, 18.
AGES = {
    "eve of 12": born(11, -1),
    "12 today": born(12, 0),
    "13": born(13),
    "15": born(15),
    "16 today": born(16, 0),
    "17": born(17),
    "18": born(18),
}
Said = list[tuple[str, str, date]]


def full_region() -> Region:
    """Write the whole region; under half a minute."""
    region = build_region()
    for build in (_home, _ages, _elsewhere):
        build(region)
    add_school_rows(region)
    region.write()
    cases = Case.unscoped.select_related("student", "school__organization")
    write_seats({case.dossier_id: case_table(CaseFacts(case, TODAY)) for case in cases})
    reseat_everyone(region)
    return region


def _home(region: Region) -> None:
    """Fourteen states by ten statuses of consent, at the home school."""
    for number, (state, status) in enumerate(product(STATES, STATUSES)):
        turned_16 = born(16, (10, 40)[number // 10 % 2])
        birth = Birth(
            f"h{number}",
            "kade",
            "kade-5a" if (number // 10 + number) % 4 else "kade-6b",
            turned_16 if status == "reconfirm" else born(6 + number % 5),
            moved_to="werf" if state == "OVERGEDRAGEN" else "",
            secret_to=_secret(number),
            kin_of=("teacher-kin", "ib-kin", "a8-kin") if number % 4 == 1 else (),
            # Twins and namesakes: names say nothing.
            last_name=f"Veen-h{number - 1}" if number % 7 == 1 else "",
        )
        add_pupil(region, birth)
        table = add_case(region, birth.key, "kade", state, number)
        _consent(table, birth.key, status)


def _secret(number: int) -> frozenset[str]:
    kinds = {0: {"A3"}, 1: {"A3", "A4"}, 2: {"A4"}}
    return frozenset(kinds.get(number % 6, ()))


def _ages(region: Region) -> None:
    """Every age by every form of custody, with consent of all, of the carers, or of the pupil."""
    for number, (birthday, form) in enumerate(product(AGES.values(), FORMS), start=200):
        key = f"a{number}"
        add_pupil(region, Birth(key, "kade", "kade-5a", birthday, custody=form))
        state = ("OT", "UITVOERING", "AFWEGING")[number % 3]
        table = add_case(region, key, "kade", state, number)
        _consent(table, key, ("granted", "by carers", "by pupil")[(number - 200) % 3])


def _elsewhere(region: Region) -> None:
    """Every state at three other schools."""
    for number, (school, state) in enumerate(product(("werf", "duin", "ster"), STATES), start=300):
        key = f"e{number}"
        add_pupil(region, Birth(key, school, f"{school}-5a", born(9)))
        table = add_case(region, key, school, state, number)
        _consent(table, key, "granted")


def _said(status: str, carers: list[str], *, is_young: bool) -> Said:
    everyone = carers if is_young else [*carers, "pupil"]
    heard: Said = [] if is_young else [("pupil", "heard", SAID)]
    yes = {
        "granted": everyone,
        "wrong": everyone,
        "expired": everyone,
        "withdrawn": everyone,
        "reconfirm": carers,
        "by carers": carers,
        "by pupil": ["pupil"],
        "one": carers[:1],
        "refused": carers[:1],
    }.get(status, [])
    said: Said = [(giver, "given", SAID) for giver in yes]
    if status == "by carers":
        said = heard + said
    if status == "refused":
        said.append((carers[-1], "refused", SAID + timedelta(1)))
    if status == "withdrawn":
        said.append((everyone[0], "withdrawn", TODAY - timedelta(1)))
    return said


def _consent(table: Table, pupil: str, status: str) -> None:
    """Queue a consent (a) in this status, and tell the judge."""
    if status == "none":
        return
    region, number = table.region, table.number
    known = region.known.pupils[pupil]
    wrong = number % 3 if status == "wrong" else None
    is_old = status == "expired"
    consent = facts.Consent(
        purpose="f" if wrong == 0 else "a",
        recipients=frozenset({"provider"} if wrong == 1 else RECIPIENTS),
        classes=frozenset({"K4"} if wrong == 2 else {"K1", "K2"}),
        asked=None if status == "draft" else ASKED - timedelta(300 if is_old else 0),
        until=TODAY if is_old else TODAY + timedelta(300),
        said=tuple(
            _said(
                status,
                [carer.key for carer in known.carers],
                is_young=facts.age(known.born, TODAY) < 12,
            )
        ),
    )
    _write(table, consent)
    case = region.known.cases[table.key]
    region.known.cases[table.key] = replace(case, consents=(consent,))


def _carers(table: Table) -> list[Carer]:
    pupil = table.region.known.cases[table.key].pupil
    return table.region.carers[pupil]


def _write(table: Table, consent: facts.Consent) -> None:
    region = table.region
    where = {"compartment": "K2", "audience": "consent"}
    row = table.add(
        Consent,
        "consent",
        case=table.case,
        purpose=ConsentPurpose(consent.purpose),
        classes=sorted(consent.classes),
        asked_on=consent.asked,
        ends_on=consent.until,
        text_version="2026-1",
        texts=("shared", "text"),
        **where,
    )
    for key in sorted(consent.recipients):
        recipient = Consent.recipients.through
        region.pending[recipient].append(
            recipient(consent_id=row.pk, organization_id=region.organizations[key].pk)
        )
    if consent.said:
        table.add(
            ConsentScan, "scan", case=table.case, content_type="application/pdf", content=b"%PDF",
            sha256="0" * 64, compartment="K2", audience=SCAN_AUDIENCE,
        )  # fmt: skip
        table.add(ConsentReminder, "consent", consent=row, carer_id=_carers(table)[0].pk, **where)
    for giver, answer, day in consent.said:
        table.add(
            ConsentDecision,
            "consent",
            consent=row,
            carer_id=None if giver == "pupil" else giver,
            is_student=giver == "pupil",
            decision=DECISIONS[answer],
            decided_on=day,
            form=ConsentForm.PAPER,
            compartment="K2",
            audience="consent",
        )

"""The consents of the region: every status, and ages by custody around each birthday (access.md 2.6)."""

from dataclasses import replace
from datetime import date, timedelta

from cases.enums import ConsentDecisionKind, ConsentForm, ConsentPurpose
from cases.models import Case, Consent, ConsentDecision
from cases.seating import reseat
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
    tables = [*_home(region), *_ages(region), *_elsewhere(region)]
    add_school_rows(region)
    region.write()
    reseat_everyone(region)
    for table in tables:
        case = Case.unscoped.select_related("student", "school__organization").get(pk=table.key)
        reseat(case, day=TODAY)
    return region


def _home(region: Region) -> list[Table]:
    """Fourteen states by ten statuses of consent, at the home school."""
    made = []
    for state in STATES:
        for status in STATUSES:
            number = len(made)
            moved = "werf" if state == "OVERGEDRAGEN" else ""
            birth = Birth(
                f"h{number}",
                "kade",
                "kade-5a" if (number // 10 + number) % 4 else "kade-6b",
                born(16, (10, 40)[number // 10 % 2])
                if status == "reconfirm"
                else born(6 + number % 5),
                moved_to=moved,
                secret_to=_secret(number),
                kin_of=("teacher-kin", "ib-kin", "a8-kin") if number % 4 == 1 else (),
                # Twins and namesakes: names say nothing.
                last_name=f"Veen-h{number - 1}" if number % 7 == 1 else "",
            )
            add_pupil(region, birth)
            table = add_case(region, birth.key, "kade", state, number)
            _consent(table, birth.key, status)
            made.append(table)
    return made


def _secret(number: int) -> frozenset[str]:
    kinds = {0: {"A3"}, 1: {"A3", "A4"}, 2: {"A4"}}
    return frozenset(kinds.get(number % 6, ()))


def _ages(region: Region) -> list[Table]:
    """Every age by every form of custody, with consent of all, of the carers, or of the pupil."""
    made = []
    for birthday in AGES.values():
        for form in FORMS:
            number = 200 + len(made)
            key = f"a{number}"
            add_pupil(region, Birth(key, "kade", "kade-5a", birthday, custody=form))
            table = add_case(
                region, key, "kade", ("OT", "UITVOERING", "AFWEGING")[number % 3], number
            )
            _consent(table, key, ("granted", "by carers", "by pupil")[len(made) % 3])
            made.append(table)
    return made


def _elsewhere(region: Region) -> list[Table]:
    """Every state at three other schools."""
    made = []
    for school in ("werf", "duin", "ster"):
        for state in STATES:
            number = 300 + len(made)
            key = f"e{number}"
            add_pupil(region, Birth(key, school, f"{school}-5a", born(9)))
            table = add_case(region, key, school, state, number)
            _consent(table, key, "granted")
            made.append(table)
    return made


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

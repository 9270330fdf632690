"""`manage.py check_history`: replay the history of every case against the table of the route."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.enums import CaseState
from cases.models import Case, CaseTransition
from cases.queries.facts import CaseFacts
from cases.workflow.steps import Step, Transition
from cases.workflow.table import ROUTE
from teams.access.actor import Actor, as_system


class Command(BaseCommand):
    """Fails when a case is not where its steps lead, or a step is not in the table."""

    help = "Replays every case's history against the table; exits 1 with what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the form of the answer."""
        parser.add_argument("--json", action="store_true", dest="as_json", help="answer in JSON")

    def handle(self, *args: object, as_json: bool, **options: object) -> None:
        """Replay all cases.

        Errors: CommandError with the number of differences, listed above it.
        """
        with as_system("check history"):
            cases = Case.unscoped.order_by("number")
            found = {case.number: differences(case, history(case)) for case in cases}
        wrong = {number: lines for number, lines in found.items() if lines}
        if as_json:
            answer = {"cases": len(found), "differences": wrong}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        else:
            for number, lines in wrong.items():
                self.stdout.writelines(f"{number}  {line}" for line in lines)
        if wrong:
            raise CommandError(f"{len(wrong)} of {len(found)} cases differ from the table.")
        if not as_json:
            self.stdout.write(f"{len(found)} cases follow the table.")


def history(case: Case) -> list[CaseTransition]:
    """The steps of a case in order."""
    return list(CaseTransition.unscoped.filter(case=case).order_by("position"))


def differences(case: Case, steps: Sequence[CaseTransition]) -> list[str]:
    """What in this history does not follow from the table; empty when all does."""
    if not steps:
        return ["has no history"]
    found: list[str] = []
    state, previous = "", ""
    for place, step in enumerate(steps):
        if step.position != place:
            found.append(f"{step.code}: position {step.position}, expected {place}")
        if place and step.created_at < steps[place - 1].created_at:
            found.append(f"{step.code}: earlier than the step before it")
        if step.from_state != state:
            found.append(f"{step.code}: leaves {step.from_state or 'nothing'}, stood in {state}")
        found += _against_table(step, previous=previous, is_first=place == 0)
        if step.to_state != step.from_state:
            previous, state = step.from_state, step.to_state
    if case.state != state:
        found.append(f"stands in {case.state}, its history ends in {state}")
    if case.version != steps[-1].position:
        found.append(f"counts {case.version} steps, its history {steps[-1].position}")
    return found


def _against_table(step: CaseTransition, *, previous: str, is_first: bool) -> Iterator[str]:
    row = ROUTE.get(step.code)
    if row is None:
        yield f"{step.code}: not in the table"
        return
    if is_first != (step.code == "T-01"):
        yield f"{step.code}: only T-01 opens a case"
    if not is_first and step.from_state not in row.sources:
        yield f"{step.code}: not possible from {step.from_state}"
    if step.to_state not in targets(row, previous=previous):
        yield f"{step.code}: does not lead to {step.to_state}"
    roles = {who.role for who in row.who}
    if not step.by_system and None not in roles and step.acting_role not in roles:
        yield f"{step.code}: {step.acting_role} may not take it"


def targets(row: Transition, *, previous: str) -> set[CaseState]:
    """Every state in which this step can end; some depend on what was given or came before."""
    if not callable(row.target):
        return {row.target}
    if not previous:
        return set()
    today = timezone.localdate()
    case, actor = Case(previous_state=previous), Actor(person_id=None, name="", day=today)
    facts = CaseFacts(case, today)
    gifts: tuple[dict, ...] = ({}, {"goes_on": True})
    return {row.reaches(Step(case, actor, timezone.now(), facts, given)) for given in gifts}

"""Stretches of the route that several scenarios walk first; again through pages and forms only."""

from typing import Any

from django.core.files.base import ContentFile

from cases.enums import Conclusion, ConsentDecisionKind, ConsentForm, GoalResult
from tests.cases.late_ladder import PIXEL
from tests.scenarios.route import Page, Route

QUESTION = "Hoe helpen we een kind dat niet naar binnen durft?"


def signaled(route: Route, about: str = "Noor Veen") -> str:
    """A teacher noted a signal and spoke with parents. Gives the address of the case."""
    case = route.teacher.note(about, "Bleef vanochtend lang bij de deur staan.").path
    route.teacher.step(case, "T-02", with_carers="on", content="Slaapt slecht sinds de vakantie.")
    return case


def consulted(route: Route, about: str = "Noor Veen") -> str:
    """A question without a name lies with the onderwijsspecialist."""
    case = signaled(route, about)
    asked = route.world.people["education-omar"].assignments.get()
    page = route.ib.step(case, "T-04", question=QUESTION, asked=str(asked.pk))
    assert page.is_done, page
    return case


def agreement(route: Route, number: int = 0, **more: Any) -> dict[str, Any]:
    """One filled row of agreements."""
    given = {
        "doer": route.ib.key,
        "what": "vangt op bij de deur",
        "needed": "tien minuten eerder op school",
        "yields": "binnen vijf minuten in de klas",
        "evaluate_on": route.day(28),
        **more,
    }
    return {f"rows-{number}-{name}": value for name, value in given.items()}


def agreed(route: Route, about: str = "Noor Veen") -> str:
    """Outcome 2: one agreement runs."""
    case = consulted(route, about)
    page = route.ib.step(case, "T-06", **agreement(route))
    assert page.is_done, page
    return case


def vot_asked(route: Route, about: str = "Noor Veen") -> str:
    """Outcome 3: the directeur is asked for a VOT."""
    case = consulted(route, about)
    page = route.ib.step(case, "T-07", motivation="Het wordt elke week zwaarder.")
    assert page.is_done, page
    return case


def lay(route: Route, case: str, kind: str, **more: Any) -> Page:
    """The intern begeleider lays the table as it is offered, three days ahead with urgency."""
    fields = {
        "when": "other",
        "other_on": route.day(3),
        "starts_at": "13:00",
        "is_urgent": "on",
        "is_ready": "1",
        **more,
    }
    page = route.ib.post(f"{case}tafel/{kind}/", **fields)
    assert page.is_done, page
    return page


def vot_convened(route: Route, about: str = "Noor Veen") -> str:
    """The directeur convened the VOT."""
    case = vot_asked(route, about)
    lay(route, case, "VOT")
    page = route.head.step(case, "T-11")
    assert page.is_done, page
    return case


def item_of(route: Route, case: str, kind: str) -> str:
    """The address of the newest item of this kind, found on the tab with the meetings."""
    return route.ib.get(f"{case}overleg/").link("/casus/", kind)


def held(route: Route, item: str, *, absent: tuple[str, ...] = (), **report: Any) -> Page:
    """The meeting was held and minuted, and the directeur made the report final."""
    seen = dict.fromkeys(absent, "ABSENT")
    page = route.ib.post(f"{item}aanwezig/", **seen)
    assert page.is_done, page
    given = {"NODIG": "Rust bij het begin van de dag.", **report}
    page = route.ib.post(f"{item}verslag/", **given)
    assert page.is_done, page
    return route.head.post(f"{item}definitief/", at=item)


def ot_ahead(route: Route, about: str = "Noor Veen") -> str:
    """The VOT is done, three days later; the OT is to be convened and the regie lies with the IB."""
    case = vot_convened(route, about)
    item = item_of(route, case, "VOT")
    route.later(3)
    held(route, item)
    page = route.ib.step(case, "T-13")
    assert page.is_done, page
    return case


def ot_convened(route: Route, about: str = "Noor Veen", **table: Any) -> str:
    """The directeur invited parents and pupil for the OT, three days ahead."""
    case = ot_ahead(route, about)
    lay(route, case, "OT", student_choice="Noor wil eerst van haar ouders horen.", **table)
    page = route.head.step(case, "T-15")
    assert page.is_done, page
    return case


def paper() -> ContentFile:
    """A scan of the signed paper, as a browser sends it."""
    return ContentFile(PIXEL, "toestemming.png")


def consented(route: Route, case: str, *organizations: str, student: str = "noor") -> None:
    """Both parents said yes, on paper, to talking by name with these organizations."""
    keys = [str(route.world.organizations[key].pk) for key in organizations]
    asked = route.ib.post(f"{case}toestemming/", recipients=keys)
    assert asked.is_done, asked
    for carer in route.world.carers[student]:
        link = route.ib.get(f"{case}toestemming/").link(f"van={carer.pk}")
        given = {"decision": ConsentDecisionKind.GIVEN, "form": ConsentForm.PAPER}
        said = route.ib.post(link, scan=paper(), **given)
        assert said.is_done, said


def accepted(route: Route, case: str) -> None:
    """The intern begeleider accepts the regie that was offered."""
    page = route.ib.post(f"{case}regie/antwoord/", at=f"{case}regie/", answer="ja")
    assert page.is_done, page


def ot_concluded(route: Route, case: str, **report: Any) -> Page:
    """The OT was held three days later, with this in its final report."""
    item = item_of(route, case, "OT")
    route.later(3)
    return held(route, item, **report)


def plan_written(route: Route, case: str, goal: str = "Stapt zelf de klas in") -> None:
    """The plan holds one goal with one measure, and who follows it."""
    path = f"{case}plan/schrijven/"
    measure = {
        name.replace("rows-0", "measures-0"): value for name, value in agreement(route).items()
    }
    given = {"goals-0-text": goal, "measures-0-goal": "0", "evaluate_on": route.day(40)}
    page = route.ib.post(path, **measure, **given, monitoring_indicators="hoe de dag begint")
    assert page.is_done, page


def running(route: Route, about: str = "Noor Veen") -> str:
    """The school's own plan runs; the intern begeleider has the regie."""
    case = ot_convened(route, about)
    accepted(route, case)
    ot_concluded(route, case, conclusion=Conclusion.BASIC)
    plan_written(route, case)
    page = route.head.step(case, "T-16")
    assert page.is_done, page
    return case


def evaluated(route: Route, case: str, conclusion: str, **more: Any) -> Page:
    """The lead evaluates every goal with parents."""
    path = f"{case}stap/T-25/"
    page = route.ib.get(path)
    reached = dict.fromkeys(page.names("result-"), GoalResult.REACHED)
    return route.ib.fill(page, path, **reached, with_carers="on", conclusion=conclusion, **more)

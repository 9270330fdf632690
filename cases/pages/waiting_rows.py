"""What waits for someone, in words: each line ends in one action."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.urls import reverse

from cases.pages.case_frame import due_badge
from cases.queries.worklist import Waiting
from schools.calendar import SchoolCalendar
from teams.components import Action, Badge, BadgeKind, Row
from teams.templatetags.ui import short_day

# After this many days in one place a line says how long it waits.
LONG_WAIT_DAYS = 7
# Several at once are done one by one on the case.
_ON_AGREEMENTS = frozenset({"evaluate", "overdue", "accept-class", "accept-family"})


def waiting_rows(found: Iterable[Waiting], *, day: date, calendar: SchoolCalendar) -> list[Row]:
    """Tell everything that waits; the same work on one case is one line."""
    together: dict[tuple[str, UUID], list[Waiting]] = {}
    for each in found:
        together.setdefault((each.kind, each.case_id), []).append(each)
    return [_row(same, day, calendar) for same in together.values()]


def _row(same: list[Waiting], day: date, calendar: SchoolCalendar) -> Row:
    each = same[0]
    row = _TELL[each.kind](each)
    why, action = row.why, row.action
    if len(same) > 1:
        why = f"{why} (en nog {len(same) - 1})"
        if action and each.kind in _ON_AGREEMENTS:
            action = Action(action.label, f"{_case_url(each)}#afgesproken", is_quiet=True)
    if action and each.kind in {"evaluate", "plan"}:
        action = replace(action, is_quiet=each.day > day)
    return replace(row, why=why, badge=_badge(each, day, calendar), action=action)


def _badge(each: Waiting, day: date, calendar: SchoolCalendar) -> Badge | None:
    if each.kind in {"evaluate", "overdue", "plan"}:
        return due_badge(each.day, today=day, calendar=calendar)
    if (day - each.day).days <= LONG_WAIT_DAYS:
        return None
    return Badge(f"wacht sinds {short_day(each.day)}", BadgeKind.ATTENTION)


def _case_url(each: Waiting) -> str:
    return reverse("case", kwargs={"case_id": each.case_id})


def _name(each: Waiting) -> str:
    return str((each.row if hasattr(each.row, "student") else each.row.case).student.full_name)


def _line(each: Waiting, lead: str, why: str, label: str, url: str, **more) -> Row:
    action = Action(label, url, is_quiet=more.pop("is_quiet", True), **more)
    return Row(title="", lead=f"{lead} {_name(each)}", why=why, url=_case_url(each), action=action)


def _step(each: Waiting, code: str) -> str:
    return reverse("case-step", kwargs={"case_id": each.case_id, "code": code})


def _evaluate(each: Waiting) -> Row:
    row = each.row
    url = reverse("agreement-evaluate", kwargs={"agreement_id": row.pk})
    why = f"{row.doer_name}: {row.what}"
    # Who does it may have been asked only, and then cannot open the case.
    return replace(_line(each, "Evalueer de afspraak over", why, "Evalueren", url), url=url)


def _overdue(each: Waiting) -> Row:
    why = (
        f"{each.row.doer_name}: {each.row.what}. De intern begeleider is hier vaker aan herinnerd."
    )
    return _line(each, "Blijft liggen: afspraak over", why, "Bekijken", _case_url(each))


def _question(each: Waiting) -> Row:
    consult = each.row.consult
    url = reverse("consult", kwargs={"consult_id": consult.pk})
    return Row(
        lead="Denk mee",
        title=f"met {consult.created_by}",
        why=consult.question,
        url=url,
        action=Action("Antwoorden", url),
    )


def _answered(each: Waiting) -> Row:
    why = "Iedereen die u vroeg heeft geantwoord. Kies met elkaar de uitkomst."
    return _line(each, "Rond het consult af over", why, "Bekijken", _case_url(each))


def _talk(each: Waiting) -> Row:
    why = "Er is nog geen gesprek met ouders of leerling, en ook geen reden waarom niet."
    return _line(each, "Praat met ouders van", why, "Vastleggen", _step(each, "T-02"), step="T-02")


def _persisting(each: Waiting) -> Row:
    why = "Er is gesproken. Houdt het aan? Vraag een collega mee te denken, of rond af."
    return _line(each, "Hoe gaat het verder met", why, "Bekijken", _case_url(each))


def _done_well(each: Waiting) -> Row:
    why = "Alle afspraken zijn voldoende."
    return _line(each, "Rond af met", why, "Afronden", _step(each, "T-08"), step="T-08")


def _convene_vot(each: Waiting) -> Row:
    why = "Verplicht: plannen kan, weigeren niet." if each.row.vot_is_mandatory else "Vrijwillig."
    lead = (
        "Met spoed: roep het VOT bijeen over" if each.row.is_urgent else "Roep het VOT bijeen over"
    )
    return _line(each, lead, why, "Bijeenroepen", _step(each, "T-11"), step="T-11", is_quiet=False)


def _lay_table(each: Waiting) -> Row:
    kind = "VOT" if each.row.state == "VOT_REQUESTED" else "OT"
    url = f"{_case_url(each)}tafel/{kind}/"
    why = "De directeur hoeft daarna alleen nog bijeen te roepen."
    return _line(each, f"Leg de tafel voor het {kind} over", why, "Tafel leggen", url)


def _convene_ot(each: Waiting) -> Row:
    why = "De tafel ligt klaar. Ouders en leerling krijgen meteen een uitnodiging."
    return _line(
        each,
        "Nodig uit voor het OT over",
        why,
        "Uitnodigen",
        _step(each, "T-15"),
        step="T-15",
        is_quiet=False,
    )


def _meeting_url(each: Waiting) -> str:
    return f"/overleg/{each.row.session_id}/casus/{each.row.pk}/"


def _report(each: Waiting) -> Row:
    why = f"{each.row.kind} van {short_day(each.row.session.on)}"
    return _line(each, "Schrijf het verslag over", why, "Schrijven", _meeting_url(each))


def _finalize(each: Waiting) -> Row:
    why = f"{each.row.kind} van {short_day(each.row.session.on)}"
    return _line(each, "Maak het verslag definitief over", why, "Lezen", _meeting_url(each))


def _after_vot(each: Waiting) -> Row:
    why = "Het verslag van het VOT is definitief."
    return _line(each, "Ga naar het OT met", why, "Naar het OT", _step(each, "T-13"), step="T-13")


def _lead_offer(each: Waiting) -> Row:
    url = f"{_case_url(each)}regie/"
    return _line(each, "Neem de regie aan bij", "Die is u aangeboden.", "Lezen en antwoorden", url)


def _accept(each: Waiting, lead: str, label: str) -> Row:
    url = reverse("agreement-accept", kwargs={"agreement_id": each.row.pk})
    why = f"{each.row.doer_name}: {each.row.what}"
    return _line(each, lead, why, label, url, is_post=True)


def _accept_class(each: Waiting) -> Row:
    return _accept(each, "Gaat u akkoord? Afspraak in uw klas over", "Akkoord")


def _accept_family(each: Waiting) -> Row:
    return _accept(each, "Vraag of het gezin akkoord is, bij", "Is akkoord")


def _consent(each: Waiting) -> Row:
    url = reverse("consent-answer", kwargs={"consent_id": each.row.pk})
    why = f"Om {each.row.get_purpose_display()}"
    return _line(each, "Wacht op toestemming bij", why, "Bekijken", url)


def _consent_ends(each: Waiting) -> Row:
    url = reverse("consent", kwargs={"case_id": each.case_id})
    why = f"Om {each.row.get_purpose_display()}: tot {short_day(each.row.ends_on)}"
    return _line(each, "Toestemming eindigt bij", why, "Opnieuw vragen", url)


def _plan(each: Waiting) -> Row:
    why = "U hebt de regie. Evalueer samen met ouders, per doel."
    return _line(
        each, "Evalueer het plan van", why, "Evalueren", _step(each, "T-25"), step="T-25",
        is_quiet=False,
    )  # fmt: skip


_TELL: dict[str, Callable[[Waiting], Row]] = {
    "evaluate": _evaluate,
    "overdue": _overdue,
    "question": _question,
    "answered": _answered,
    "talk": _talk,
    "persisting": _persisting,
    "done-well": _done_well,
    "convene-vot": _convene_vot,
    "lay-table": _lay_table,
    "convene-ot": _convene_ot,
    "report": _report,
    "finalize": _finalize,
    "after-vot": _after_vot,
    "lead-offer": _lead_offer,
    "accept-class": _accept_class,
    "accept-family": _accept_family,
    "consent": _consent,
    "consent-ends": _consent_ends,
    "plan": _plan,
}

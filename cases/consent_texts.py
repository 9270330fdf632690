"""What givers read, per purpose and version; the words stay with the consent that showed them.

A new text is a new version below; a version that was ever shown is never edited. Each consent
keeps the text as its givers saw it, so a later version changes nothing of what was said.
"""

from dataclasses import dataclass

from cases.enums import ConsentPurpose as P

CURRENT = "2026-1"


@dataclass(frozen=True)
class Words:
    """One text at B1 level: to carers, and to the pupil who decides or is heard."""

    carers: str
    student: str


_FREE = (
    "U mag nee zeggen. Zegt u ja, dan mag u later altijd stoppen. "
    "U hoeft niet te zeggen waarom. De hulp op school gaat gewoon door."
)
_FREE_STUDENT = (
    "Je mag nee zeggen. Zeg je ja, dan mag je later altijd stoppen. "
    "Je hoeft niet te zeggen waarom. De hulp op school gaat gewoon door."
)


def _words(carers: str, student: str) -> Words:
    return Words(f"{carers} {_FREE}", f"{student} {_FREE_STUDENT}")


TEXTS: dict[str, dict[P, Words]] = {
    "2026-1": {
        P.DISCUSS_NAMED: _words(
            "{sender} wil over uw kind praten met mensen die niet op school werken: {recipients}. "
            "Zij weten dan om welk kind het gaat.",
            "{sender} wil over jou praten met mensen die niet op school werken: {recipients}. "
            "Zij weten dan dat het om jou gaat.",
        ),
        P.SWV_REQUEST: _words(
            "{sender} wil extra hulp vragen voor uw kind bij {recipients}. "
            "Dat helpt scholen met passend onderwijs. Zij lezen dan de aanvraag over uw kind.",
            "{sender} wil extra hulp voor jou vragen bij {recipients}. "
            "Dat helpt scholen met passend onderwijs. Zij lezen dan de aanvraag over jou.",
        ),
        P.INFORM_DISTRICT_TEAM: _words(
            "{sender} wil aan {recipients} vertellen waarom er een vraag is, en aan welke doelen "
            "school werkt. Dit geldt één kant op: {recipients} mag met dit ja niets over uw gezin "
            "aan school vertellen.",
            "{sender} wil aan {recipients} vertellen waarom er een vraag is, en aan welke doelen "
            "school werkt. Dit geldt één kant op: {recipients} mag met dit ja niets over thuis "
            "aan school vertellen.",
        ),
        P.SHARE_WITH_SCHOOL: _words(
            "{sender} wil aan {recipients} vertellen wat school moet weten over de hulp aan uw "
            "gezin. Dit geldt één kant op: school mag met dit ja niets aan {sender} vertellen.",
            "{sender} wil aan {recipients} vertellen wat school moet weten over de hulp thuis. "
            "Dit geldt één kant op: school mag met dit ja niets aan {sender} vertellen.",
        ),
        P.HELP_HISTORY: _words(
            "{recipients} wil opschrijven welke hulp uw gezin eerder kreeg. "
            "Dan hoeft u het niet steeds opnieuw te vertellen.",
            "{recipients} wil opschrijven welke hulp jullie thuis eerder kregen. "
            "Dan hoef je het niet steeds opnieuw te vertellen.",
        ),
        P.ESCALATION: _words(
            "We zitten vast en vragen hulp om door te gaan. Daarvoor wil {sender} het plan van uw "
            "kind laten lezen door {recipients}.",
            "We zitten vast en vragen hulp om door te gaan. Daarvoor wil {sender} jouw plan laten "
            "lezen door {recipients}.",
        ),
        P.EDUCATION_CONSULTANT: _words(
            "{sender} wil {recipients} vragen om mee te denken. Die werkt niet voor school, en "
            "kijkt met u en school naar wat uw kind nodig heeft.",
            "{sender} wil {recipients} vragen om mee te denken. Die werkt niet voor school, en "
            "kijkt met jou en school naar wat je nodig hebt.",
        ),
        P.HANDOVER: _words(
            "{sender} wil wat we weten en hebben gedaan doorgeven aan de nieuwe school van uw "
            "kind: {recipients}.",
            "{sender} wil wat we weten en hebben gedaan doorgeven aan je nieuwe school: "
            "{recipients}.",
        ),
    }
}


def text_for(
    purpose: str, *, sender: str, recipients: str, to_carers: bool, to_student: bool
) -> str:
    """Write what these givers read now; one paragraph to each.

    Shape:  the text of the current version, with from whom and to whom filled in.
    """
    words = TEXTS[CURRENT][P(purpose)]
    told = [words.carers] if to_carers else []
    told += [words.student] if to_student else []
    return "\n\n".join(part.format(sender=sender, recipients=recipients) for part in told)

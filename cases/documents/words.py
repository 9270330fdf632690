"""The words of printed documents: how families are told who someone is and where we are."""

from cases.enums import CaseState as S
from teams.enums import Role

# What a role does, for whoever meets it for the first time (B1, ui.md 5).
FAMILY_ROLES: dict[str, str] = {
    Role.TEACHER: "staat voor de klas",
    Role.PEDAGOGICAL_STAFF: "begeleidt de groep",
    Role.SUPPORT_COORDINATOR: "regelt op school de extra hulp",
    Role.HEAD: "leidt de school en dit gesprek",
    Role.EDUCATION_SPECIALIST: "denkt mee over leren in de klas",
    Role.FAMILY_SPECIALIST: "denkt met gezinnen mee over thuis en opvoeden",
    Role.DISTRICT_TEAM_WORKER: "helpt gezinnen in uw wijk",
    Role.SBO_CONTACT: "is uw vaste contact voor hulp op deze school",
    Role.RESIDENCE_WORKER: "helpt gezinnen in uw woonplaats",
    Role.YOUTH_NURSE: "let op groei en gezondheid van kinderen",
    Role.SCHOOL_SOCIAL_WORKER: "praat met kinderen en ouders over zorgen",
    Role.ATTENDANCE_OFFICER: "denkt mee als een kind veel lessen mist",
}

# The stations of the route and what a family calls them; the states that stand at each.
STATIONS: tuple[tuple[str, frozenset[str]], ...] = (
    ("Opgemerkt", frozenset({S.SIGNALING})),
    ("Overlegd", frozenset({S.CONSULTING})),
    ("Afspraken geprobeerd", frozenset({S.AGREEMENTS})),
    ("School bereidt voor", frozenset({S.VOT_REQUESTED, S.VOT})),
    ("Samen aan tafel", frozenset({S.OT_PREPARING, S.OT, S.ESCALATED})),
    ("Bekijken wat past", frozenset({S.WEIGHING})),
    ("Samen aan de slag", frozenset({S.RUNNING})),
    ("Afgerond", frozenset({S.CLOSED, S.TRANSFERRED, S.ARCHIVED})),
)

# The agenda of as a family reads it; money is never on it.
FAMILY_AGENDA = (
    "We stellen ons voor.",
    "Wat is uw vraag? En wat wil {name}?",
    "Wat gaat er goed?",
    "Wat hebben we al geprobeerd, en hielp dat?",
    "Wat heeft {name} nodig? En u, en de leerkracht?",
    "Wat willen we bereiken?",
    "Wie doet wat?",
    "Wie houdt het overzicht? Die persoon kunt u altijd bellen.",
    "Wanneer kijken we samen terug?",
    "Zijn er dingen die we alleen mogen doen als u het goed vindt?",
)

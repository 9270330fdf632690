"""What the lines of the trace say, in the words of a reader."""

from teams.access.rules import Action
from teams.enums import Compartment, Ground

# What somebody had before them; a page of forms counts as the thing that it is about.
LOOKED_AT: dict[str, str] = {
    Action.TODAY: "de pagina Vandaag",
    Action.LIST_CASES: "de lijst van casussen",
    Action.READ_CASE: "de casus",
    Action.TAKE_STEP: "een stap van de route",
    Action.WRITE_NOTE: "Snel noteren",
    Action.NOTE_SIGNAL: "Snel noteren",
    Action.LINK_SIGNAL: "de signalen zonder leerling",
    Action.GROUP_ROUND: "de groepsbespreking",
    Action.READ_CONSULT: "een consultvraag",
    Action.ANSWER_CONSULT: "een consultvraag",
    Action.KEEP_AGREEMENT: "een afspraak",
    Action.MANAGE_CONSENT: "de toestemmingen",
    Action.MANAGE_LEAD: "de regie",
    Action.WRITE_PLAN: "het plan",
    Action.READ_SESSION: "een overleg",
    Action.LAY_TABLE: "de tafel van een overleg",
    Action.CONVENE: "een overleg",
    Action.WRITE_REPORT: "een verslag",
    Action.FINALIZE_REPORT: "een verslag",
    Action.ENTER_CONTRIBUTION: "een inbreng",
    Action.READ_DOCUMENT: "een stuk",
    Action.ASK_DOCUMENT: "een stuk",
    Action.CHECK_FACILITY: "de toets van voorzieningen",
    Action.READ_SCHOOL: "de school",
    Action.READ_STUDENT: "de leerlingkaart",
    Action.EDIT_CARERS: "de verzorgers",
    Action.CONFIRM_CUSTODY: "het gezag",
    Action.IMPORT: "een import",
    Action.READ_TRACE: "wie heeft gekeken",
    Action.OVERSEE: "het logboek",
    Action.BREAK_GLASS: "de vraag om noodtoegang",
    Action.READ_ABSENCE: "het verzuim",
    Action.KEEP_ABSENCE: "het verzuim",
}
# Work of the service account, by kind.
WORK = "werk op de achtergrond"
WORK_FOLLOWS = "volgt uit een stap of een termijn in deze casus"
ELSEWHERE = "een andere pagina"
PARTS = {
    Compartment.HEADING: "kop",
    Compartment.SCHOOL_FILE: "schooldossier",
    Compartment.SHARED_PLAN: "gedeeld plan",
}


def looked_at(action: str) -> str:
    """Say what somebody had before them, or took along."""
    page, _, as_file = action.partition(":")
    return LOOKED_AT.get(page, ELSEWHERE) + (", als bestand" if as_file else "")


def parts(compartments: list[str]) -> str:
    """Say which parts of a dossier lay open; empty when none did."""
    return ", ".join(PARTS.get(Compartment(key), Compartment(key).label) for key in compartments)


def ground(key: str) -> str:
    """Say on which ground; empty for a refusal."""
    return Ground(key).label if key in Ground.values else key

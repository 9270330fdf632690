"""The organizations of the demo region: names are invented, towns are those of MVS."""

from dataclasses import dataclass

from schools.enums import SchoolType
from teams.enums import OrganizationKind
from teams.models import Organization

K = OrganizationKind


@dataclass(frozen=True)
class Node:
    """One node of the tree; `parent` is the key of a node above it in the list."""

    key: str
    kind: OrganizationKind
    name: str
    parent: str = ""
    phone: str = ""

    @property
    def email(self) -> str:
        """An address that leads nowhere."""
        return f"info@{self.key}.example"


@dataclass(frozen=True)
class SchoolPlan:
    """One school: its node, its size in pupils, and who is around it."""

    key: str
    name: str
    school_type: SchoolType
    pupils: int
    board: str
    municipality: str
    brin: str
    room: str
    attached_to: str = ""
    # Shifts the regular dates, so that not every school meets on the same day.
    phase: int = 0

    @property
    def district_team(self) -> str:
        """Key of the wijkteam of the town."""
        return f"wijkteam-{self.municipality}"


NODES = (
    Node("mvs", K.REGION, "Maassluis, Vlaardingen en Schiedam"),
    Node("maassluis", K.MUNICIPALITY, "Gemeente Maassluis", "mvs"),
    Node("vlaardingen", K.MUNICIPALITY, "Gemeente Vlaardingen", "mvs"),
    Node("schiedam", K.MUNICIPALITY, "Gemeente Schiedam", "mvs"),
    Node("wijkteam-maassluis", K.DISTRICT_TEAM, "Wijkteam Maassluis", "maassluis"),
    Node("wijkteam-vlaardingen", K.DISTRICT_TEAM, "Wijkteam Vlaardingen", "vlaardingen"),
    Node("wijkteam-schiedam", K.DISTRICT_TEAM, "Wijkteam Schiedam", "schiedam"),
    Node("cjg", K.CJG, "CJG Waterkant", "mvs", "010 000 2100"),
    Node("swv", K.SWV, "Samenwerkingsverband Samen op Koers", "mvs", "010 000 2200"),
    Node("maasoever", K.BOARD, "Stichting Maasoever Onderwijs", "swv"),
    Node("kompas", K.BOARD, "Stichting Het Kompas", "swv"),
    Node("gezinswijzer", K.EMPLOYER, "De Gezinswijzer", "mvs", "010 000 2300"),
    Node("schoolwelzijn", K.EMPLOYER, "Schoolwelzijn Waterkant", "mvs"),
    Node("buurthuis", K.EMPLOYER, "Welzijn De Brug", "mvs"),
    Node("consulenten", K.EMPLOYER, "Landelijke onderwijsconsulenten"),
    Node("overstap", K.PROVIDER, "Jeugdhulp De Overstap", "mvs"),
)

T = SchoolType
SCHOOLS = (
    SchoolPlan("kade", "De Kade", T.PRIMARY, 210, "maasoever", "vlaardingen", "99KA", "lokaal 2"),
    SchoolPlan(
        "vuurtoren", "De Vuurtoren", T.PRIMARY, 170, "maasoever", "maassluis", "99VU",
        "het torenkamertje", phase=1,
    ),
    SchoolPlan(
        "schelp", "Voorschool De Schelp", T.PRESCHOOL, 24, "maasoever", "maassluis", "99VS",
        "het torenkamertje", attached_to="vuurtoren", phase=1,
    ),
    SchoolPlan(
        "wilgen", "De Wilgenhoek", T.PRIMARY, 170, "kompas", "schiedam", "99WI",
        "de bibliotheek", phase=-1,
    ),
    SchoolPlan(
        "zwaluw", "De Zwaluw", T.PRIMARY, 84, "kompas", "vlaardingen", "99ZW",
        "de spreekkamer", phase=1,
    ),
    SchoolPlan(
        "branding", "SBO De Branding", T.SBO, 72, "kompas", "schiedam", "99BR",
        "kamer 0.12",
    ),
    SchoolPlan(
        "veerlicht", "Veerlicht College", T.SECONDARY, 170, "maasoever", "vlaardingen", "99VC",
        "kamer 1.04", phase=-1,
    ),
)  # fmt: skip


def build_organizations() -> dict[str, Organization]:
    """Create all nodes but the groups. Shape: organizations by key, schools among them."""
    rows: dict[str, Organization] = {}
    for node in NODES:
        rows[node.key] = Organization(
            key=node.key,
            kind=node.kind,
            name=node.name,
            parent=rows.get(node.parent),
            phone=node.phone,
            email=node.email,
        )
    for number, plan in enumerate(SCHOOLS, start=1):
        rows[plan.key] = Organization(
            key=plan.key,
            kind=K.SCHOOL,
            name=plan.name,
            parent=rows[plan.board],
            phone=f"010 000 10{number:02}",
            email=f"info@{plan.key}.example",
        )
    Organization.objects.bulk_create(rows.values())
    return rows

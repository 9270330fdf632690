"""What is freely accessible in the demo region, before anyone asks for an arrangement (O27)."""

from arrangements.models import Facility
from teams.models import Organization

# Name, who offers it, for whom, how to reach it.
FACILITIES = (
    ("Sterk in de groep", "De Gezinswijzer", "kinderen van 6 tot 12 jaar die steviger willen staan",
     "aanmelden via de gezinsspecialist van de school"),
    ("Faalangst de baas", "De Gezinswijzer", "leerlingen van 10 tot 16 jaar",
     "zes bijeenkomsten op school, start elk kwartaal"),
    ("Samen uit elkaar", "De Gezinswijzer", "kinderen van ouders die gescheiden zijn of gaan scheiden",
     "groep per leeftijd, ouders melden samen aan"),
    ("Opvoedspreekuur", "CJG Waterkant", "ouders van kinderen van 0 tot 18 jaar",
     "elke dinsdagochtend op school, zonder afspraak"),
    ("Slaap- en eetadvies", "CJG Waterkant", "ouders van kinderen tot 8 jaar",
     "via de jeugdverpleegkundige"),
    ("Taalmaatje thuis", "Welzijn De Brug", "gezinnen die thuis meer Nederlands willen horen en lezen",
     "vrijwilliger komt een uur per week, een half jaar lang"),
    ("Huiswerkclub Waterkant", "Welzijn De Brug", "leerlingen van groep 7 tot en met klas 3",
     "drie middagen per week in het buurthuis"),
    ("Beweegmaatjes", "Welzijn De Brug", "kinderen die moeilijk aansluiting vinden",
     "wekelijks sporten in tweetallen"),
    ("Jonge mantelzorgers", "Welzijn De Brug", "leerlingen die thuis voor iemand zorgen",
     "maandelijkse ontmoeting en een vast aanspreekpunt"),
)  # fmt: skip


def build_facilities(region: Organization) -> dict[str, Facility]:
    """Create the catalogue. Shape: facilities by name."""
    rows = [
        Facility(region=region, name=name, owner=owner, target_group=whom, contact=contact)
        for name, owner, whom, contact in FACILITIES
    ]
    Facility.objects.bulk_create(rows)
    return {row.name: row for row in rows}

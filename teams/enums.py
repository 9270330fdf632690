"""Closed lists of the ground floor, with their Dutch labels."""

from django.db.models import TextChoices


class OrganizationKind(TextChoices):
    """Kinds of node in the tree of organizations (domain.md 3)."""

    REGION = "REGION", "regio"
    SWV = "SWV", "samenwerkingsverband"
    BOARD = "BOARD", "schoolbestuur"
    SCHOOL = "SCHOOL", "school"
    GROUP = "GROUP", "groep"
    MUNICIPALITY = "MUNICIPALITY", "gemeente"
    DISTRICT_TEAM = "DISTRICT_TEAM", "wijkteam"
    CJG = "CJG", "Centrum voor Jeugd en Gezin"
    PROVIDER = "PROVIDER", "zorgaanbieder"
    EMPLOYER = "EMPLOYER", "moederorganisatie"


class Role(TextChoices):
    """The actors of domain.md 2, in its order (A1..A26)."""

    TEACHER = "TEACHER", "leerkracht"
    PEDAGOGICAL_STAFF = "PEDAGOGICAL_STAFF", "pedagogisch medewerker"
    SUPPORT_COORDINATOR = "SUPPORT_COORDINATOR", "intern begeleider"
    HEAD = "HEAD", "directeur"
    EDUCATION_SPECIALIST = "EDUCATION_SPECIALIST", "onderwijsspecialist"
    PATHWAY_COORDINATOR = "PATHWAY_COORDINATOR", "trajectbegeleider"
    BOARD_MEMBER = "BOARD_MEMBER", "bestuurder"
    FAMILY_SPECIALIST = "FAMILY_SPECIALIST", "gezinsspecialist"
    DISTRICT_TEAM_WORKER = "DISTRICT_TEAM_WORKER", "wijkteammedewerker"
    SBO_CONTACT = "SBO_CONTACT", "vaste contactpersoon S(B)O"
    RESIDENCE_WORKER = "RESIDENCE_WORKER", "medewerker wijkteam woonplaats"
    YOUTH_NURSE = "YOUTH_NURSE", "jeugdverpleegkundige"
    YOUTH_DOCTOR = "YOUTH_DOCTOR", "jeugdarts"
    SCHOOL_SOCIAL_WORKER = "SCHOOL_SOCIAL_WORKER", "schoolmaatschappelijk werker"
    ATTENDANCE_OFFICER = "ATTENDANCE_OFFICER", "leerplichtambtenaar"
    CARER = "CARER", "ouder of verzorger"
    STUDENT = "STUDENT", "leerling"
    PROVIDER_WORKER = "PROVIDER_WORKER", "medewerker zorgaanbieder"
    MUNICIPAL_CONTACT = "MUNICIPAL_CONTACT", "gemeentelijk contactpersoon"
    SWV_CONTACT = "SWV_CONTACT", "contactpersoon samenwerkingsverband"
    ESCALATION_TEAM = "ESCALATION_TEAM", "lid Team Nooit Opgeven"
    REGION_TABLE = "REGION_TABLE", "lid regiotafel"
    EDUCATION_CONSULTANT = "EDUCATION_CONSULTANT", "onderwijsconsulent"
    WELFARE_WORKER = "WELFARE_WORKER", "medewerker welzijn"
    SWV_STAFF = "SWV_STAFF", "medewerker samenwerkingsverband"
    APPLICATION_ADMIN = "APPLICATION_ADMIN", "functioneel beheerder"
    DATA_PROTECTION_OFFICER = (
        "DATA_PROTECTION_OFFICER",
        "functionaris gegevensbescherming",
    )


# Actors without an account: recorded as a contact only (domain.md 2).
CONTACT_ONLY = frozenset(
    {
        Role.YOUTH_DOCTOR,
        Role.EDUCATION_CONSULTANT,
        Role.WELFARE_WORKER,
        Role.CARER,
        Role.STUDENT,
    }
)
# They stand before a group.
GROUP_STAFF = frozenset({Role.TEACHER, Role.PEDAGOGICAL_STAFF})
SCHOOL_ROLES = frozenset(
    {
        Role.TEACHER,
        Role.PEDAGOGICAL_STAFF,
        Role.SUPPORT_COORDINATOR,
        Role.HEAD,
    }
)
# Employed elsewhere, belonging to the support structure of a school.
LINKED_ROLES = frozenset(
    {
        Role.EDUCATION_SPECIALIST,
        Role.FAMILY_SPECIALIST,
        Role.DISTRICT_TEAM_WORKER,
        Role.SBO_CONTACT,
        Role.YOUTH_NURSE,
        Role.SCHOOL_SOCIAL_WORKER,
    }
)


class DossierKind(TextChoices):
    """What has a table at which people sit (access.md 2.9)."""

    CASE = "CASE", "casus"
    STUDENT = "STUDENT", "leerling"
    SCHOOL = "SCHOOL", "school"
    BOARD = "BOARD", "bestuur"


class Compartment(TextChoices):
    """K1..K8 of domain.md 3; K0 is the heading: number, state, regie, dates."""

    HEADING = "K0", "kop"
    SCHOOL_FILE = "K1", "schooldossier"
    SHARED_PLAN = "K2", "gedeeld plan"
    SWV_FILE = "K3", "dossier samenwerkingsverband"
    CARE_FILE = "K4", "hulpverleningsdossier"
    HEALTH = "K5", "gezondheid"
    FINANCE = "K6", "financiën"
    ESCALATION = "K7", "Team Nooit Opgeven"
    LEARNING = "K8", "leerkring"


class Ground(TextChoices):
    """Closed list of grounds, each with the sentence a reader sees (access.md 2.6)."""

    DUTY_OF_CARE = "ZORGPLICHT", "de school draagt zorg voor deze leerling"
    CONSENT_NAMED = "TOESTEMMING(a)", "er is toestemming om met naam te overleggen"
    CONSENT_HANDOVER = "TOESTEMMING(h)", "er is toestemming voor overdracht"
    NO_IDENTITY = "GEEN-IDENTITEIT", "de vraag is gesteld zonder naam"
    SWV_LAW = "WET-SWV", "wettelijke taak van het samenwerkingsverband"
    YOUTH_LAW = "WET-JEUGD", "de Jeugdwet"
    YOUTH_HEALTH_LAW = "WET-JGZ", "de jeugdgezondheidszorg"
    ATTENDANCE = "LEERPLICHT", "er is ongeoorloofd verzuim vastgelegd"
    SUBJECT = "BETROKKENE", "het gaat over deze persoon zelf"
    OVERSIGHT = "TOEZICHT", "toezicht op het gebruik"
    ADMINISTRATION = "BEHEER", "beheer van de gegevens"
    RECOVERY = "HERSTEL", "noodtoegang met een reden, die een tweede persoon nakijkt"


class Relation(TextChoices):
    """How a party relates to a dossier (access.md 2.2)."""

    SCHOOL = "sch", "werkt op de school"
    GROUP = "grp", "staat voor de groep"
    LINKED = "lnk", "hoort bij het ondersteuningsteam van de school"
    ASKED = "ask", "is om advies gevraagd"
    PARTICIPANT = "part", "zit aan tafel"
    INVITED = "inv", "is uitgenodigd voor het overleg"
    LEAD = "reg", "heeft de regie"
    TABLE = "tafl", "weet om wie het gaat, door een plaats aan tafel"
    BOARD = "brd", "werkt bij het bestuur"
    ORGANIZATION = "org", "werkt bij de organisatie"
    FORMER = "oud", "werkt op de vorige school"
    GLASS = "bg", "gebruikt noodtoegang"


class SessionKind(TextChoices):
    """The two meetings that a school holds in a regular series (domain.md 7)."""

    VOT = "VOT", "voor-ondersteuningsteam"
    OT = "OT", "ondersteuningsteam"


class HolidayRegion(TextChoices):
    """Regions of the school holidays (standards.md 4.8)."""

    NORTH = "NOORD", "Noord"
    MIDDLE = "MIDDEN", "Midden"
    SOUTH = "ZUID", "Zuid"


class Weekday(TextChoices):
    """School days, in order."""

    MONDAY = "MA", "maandag"
    TUESDAY = "DI", "dinsdag"
    WEDNESDAY = "WO", "woensdag"
    THURSDAY = "DO", "donderdag"
    FRIDAY = "VR", "vrijdag"


class AlarmKind(TextChoices):
    """What an alarm is about."""

    SEATS = "SEATS", "plaatsen aan tafel kloppen niet"
    TRACE = "TRACE", "het inzagelog klopt niet"
    CURIOSITY = "CURIOSITY", "opvallend kijkgedrag"
    GLASS = "GLASS", "noodtoegang"
    SYSTEM = "SYSTEM", "technische storing"


class GlassCategory(TextChoices):
    """For what break-glass may be used (access.md 2.7)."""

    ENDED_CASE = "ENDED_CASE", "een overgedragen of gearchiveerde casus is opnieuw nodig"
    CHILD_AT_RISK = "AT_RISK", "een kind is in gevaar en een geheim adres is nodig"
    FAULT = "FAULT", "een technische storing moet worden opgelost"

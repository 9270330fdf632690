"""Closed lists of the schools room, with their Dutch labels."""

from django.db.models import TextChoices


class SchoolType(TextChoices):
    """Settings of education (domain.md 17)."""

    PRESCHOOL = "VOORSCHOOL", "voorschool"
    PRIMARY = "PO", "basisschool"
    SECONDARY = "VO", "voortgezet onderwijs"
    SBO = "SBO", "speciaal basisonderwijs"
    SO = "SO", "speciaal onderwijs"
    VSO = "VSO", "voortgezet speciaal onderwijs"


# Where the variant with the fixed contact person holds (domain.md 14).
SPECIALIZED = frozenset({SchoolType.SBO, SchoolType.SO, SchoolType.VSO})


class Gender(TextChoices):
    """As exchanged by school administrations (EDEXML)."""

    UNKNOWN = "0", "onbekend"
    BOY = "1", "jongen"
    GIRL = "2", "meisje"
    UNSPECIFIED = "9", "niet opgegeven"


class CustodyValue(TextChoices):
    """Custody is never a guess: yes, no, or unknown (access.md 2.2 `gez`)."""

    YES = "YES", "ja"
    NO = "NO", "nee"
    UNKNOWN = "UNKNOWN", "onbekend"


class CarerRelation(TextChoices):
    """What a carer is to the pupil."""

    MOTHER = "MOTHER", "moeder"
    FATHER = "FATHER", "vader"
    STEP_PARENT = "STEP_PARENT", "stiefouder"
    FOSTER_PARENT = "FOSTER_PARENT", "pleegouder"
    GRANDPARENT = "GRANDPARENT", "grootouder"
    GUARDIAN = "GUARDIAN", "voogd"
    OTHER = "OTHER", "andere verzorger"


class HolidayKind(TextChoices):
    """Why a school is closed."""

    AUTUMN = "HERFST", "herfstvakantie"
    CHRISTMAS = "KERST", "kerstvakantie"
    SPRING = "VOORJAAR", "voorjaarsvakantie"
    MAY = "MEI", "meivakantie"
    SUMMER = "ZOMER", "zomervakantie"
    STUDY_DAY = "STUDIEDAG", "studiedag"
    OTHER = "OVERIG", "andere vrije dag"


class ImportState(TextChoices):
    """Where an import stands."""

    READY = "READY", "klaar om door te voeren"
    COMMITTING = "COMMITTING", "wordt doorgevoerd"
    COMMITTED = "COMMITTED", "doorgevoerd"
    REPLACED = "REPLACED", "vervangen door een nieuwer bestand"
    REFUSED = "REFUSED", "niet doorgevoerd"


class ImportKind(TextChoices):
    """What is imported."""

    EDEXML = "EDEXML", "leerlingen en groepen (EDEXML)"
    CARERS = "CARERS", "verzorgers (CSV)"


class KinRelation(TextChoices):
    """What a pupil is to a professional at home (D5)."""

    CHILD = "CHILD", "eigen kind"
    FAMILY = "FAMILY", "familie"
    HOUSEHOLD = "HOUSEHOLD", "woont bij mij in huis"
    WELL_KNOWN = "WELL_KNOWN", "goede bekende, zoals een buurkind"

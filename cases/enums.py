"""Closed lists of the route, with their Dutch labels."""

from django.db.models import TextChoices

from teams.enums import SessionKind

MeetingKind = SessionKind


class CaseState(TextChoices):
    """States of the case (domain.md 5)."""

    SIGNALING = "SIGNALING", "Signalering"
    CONSULTING = "CONSULTING", "Collegiaal consult"
    AGREEMENTS = "AGREEMENTS", "Onderlinge afspraken"
    VOT_REQUESTED = "VOT_REQUESTED", "VOT gevraagd"
    VOT = "VOT", "Voor-ondersteuningsteam"
    OT_PREPARING = "OT_PREPARING", "OT voorbereiden"
    OT = "OT", "Ondersteuningsteam"
    WEIGHING = "WEIGHING", "Afweging aanvullende ondersteuning"
    RUNNING = "RUNNING", "Uitvoering"
    ESCALATED = "ESCALATED", "Team Nooit Opgeven"
    CLOSED = "CLOSED", "Afgerond"
    TRANSFERRED = "TRANSFERRED", "Overgedragen"
    ARCHIVED = "ARCHIVED", "Archief"
    DESTROYED = "DESTROYED", "Vernietigd"


S = CaseState
OPEN_STATES = frozenset(
    {
        S.SIGNALING,
        S.CONSULTING,
        S.AGREEMENTS,
        S.VOT_REQUESTED,
        S.VOT,
        S.OT_PREPARING,
        S.OT,
        S.WEIGHING,
        S.RUNNING,
        S.ESCALATED,
    }
)
# Where exactly one accepted lead must hold the thread (R-8.1, I2).
LED_STATES = frozenset({S.OT, S.WEIGHING, S.RUNNING, S.ESCALATED})


class ClosingReason(TextChoices):
    """Why a case was closed (domain.md 5.1)."""

    SATISFIED = "TEVREDEN", "er is niets meer aan de hand, naar tevredenheid afgerond"
    GOALS_REACHED = "DOELEN_BEREIKT", "de doelen zijn bereikt"
    SIGNAL_LAPSED = "SIGNAAL_VERVALLEN", "het signaal is vervallen"
    CARE_OUTSIDE = "JEUGDHULP_BUITEN_SCHOOL", "jeugdhulp buiten school"
    OTHER_SETTING = "ANDERE_SETTING", "naar een andere onderwijssetting"
    CARERS_STOP = "OUDERS_STOPPEN", "ouders willen niet verder"
    ADULT = "18_JAAR", "18 jaar geworden"
    DUPLICATE = "DUBBEL", "samengevoegd met een andere casus"


class SignalAbout(TextChoices):
    """Whom or what a signal is about (O4)."""

    STUDENT = "LEERLING", "een leerling"
    GROUP = "GROEP", "een groep"
    SCHOOL = "SCHOOL", "de school"
    UNNAMED = "ZONDER_NAAM", "zonder naam"


class Topic(TextChoices):
    """What a signal or question is about (domain.md 17, standards.md 6)."""

    WELLBEING = "WELBEVINDEN", "Welbevinden"
    LEARNING = "LEREN", "Leren"
    BEHAVIOR = "GEDRAG", "Gedrag"
    FOCUS = "WERKHOUDING", "Werkhouding"
    LANGUAGE = "TAAL", "Spraak en taal"
    HEALTH = "GEZONDHEID", "Lichaam en gezondheid"
    HOME = "THUIS", "Thuis en opvoeding"
    PEERS = "RELATIES", "Omgaan met anderen"
    ABSENCE = "VERZUIM", "Verzuim en te laat komen"
    TRANSITION = "OVERGANG", "Overgang en schoolkeuze"


class NoteKind(TextChoices):
    """Short lines (R-6.4)."""

    CONTACT = "CONTACT", "kort contact"
    GROUP_ROUND = "GROEPSBESPREKING", "groepsbespreking"
    HANDOVER = "OVERDRACHT", "overdracht van de regie"


class ConsultOutcome(TextChoices):
    """The three outcomes of a collegiaal consult (T-05, T-06, T-07)."""

    SETTLED = "1", "1: er is niets meer aan de hand"
    AGREEMENTS = "2", "2: we maken onderlinge afspraken"
    NEEDS_MORE = "3", "3: er is echt meer nodig"


class DoerKind(TextChoices):
    """Who does what was agreed; parents and pupil may be the doer."""

    STAFF = "STAFF", "een professional"
    CARER = "CARER", "ouder of verzorger"
    STUDENT = "STUDENT", "de leerling"


class AgreementResult(TextChoices):
    """Agreements of outcome 2 know only these two (R-11.3)."""

    SUFFICIENT = "VOLDOENDE", "voldoende"
    INSUFFICIENT = "ONVOLDOENDE", "onvoldoende"


class MeetingState(TextChoices):
    """Where one item of a session stands."""

    DRAFT = "DRAFT", "tafel wordt gelegd"
    CONVENED = "CONVENED", "bijeengeroepen"
    HELD = "HELD", "gehouden"
    FINAL = "FINAL", "verslag definitief"
    CANCELED = "CANCELED", "afgezegd"


class InviteeKind(TextChoices):
    """Who is invited."""

    STAFF = "STAFF", "professional"
    CARER = "CARER", "ouder of verzorger"
    STUDENT = "STUDENT", "leerling"
    GUEST = "GUEST", "meegebracht of zonder account"


class Attendance(TextChoices):
    """Who was there."""

    UNKNOWN = "UNKNOWN", "nog niet bekend"
    PRESENT = "PRESENT", "aanwezig"
    ABSENT = "ABSENT", "afwezig"


class Delivery(TextChoices):
    """How an invitation reached someone; empty while nothing was sent."""

    MAIL = "MAIL", "per e-mail"
    PAPER = "PAPER", "op papier"


class Section(TextChoices):
    """Sections of minutes and report, in the order of the agenda (R-7.7)."""

    WELCOME = "WELKOM", "Welkom en wie is wie"
    QUESTION = "VRAAG", "De vraag van ouders en leerling"
    STRENGTHS = "GOED", "Wat gaat goed"
    TRIED = "GEPROBEERD", "Wat is geprobeerd, en wat deed het"
    NEEDS = "NODIG", "Wat hebben leerling, leerkracht en ouders nodig"
    GOALS = "DOELEN", "Doelen: eerst het wat, dan het hoe"
    WHO_DOES_WHAT = "WIE_WAT", "Wie doet wat, wat is nodig, wat levert het op"
    LEAD = "REGIE", "Wie heeft de regie"
    EVALUATION = "EVALUATIE", "Wanneer evalueren we"
    CONSENT = "TOESTEMMING", "Vragen om toestemming"


class Conclusion(TextChoices):
    """What an OT concludes."""

    BASIC = "BASIS", "de ondersteuning van school volstaat"
    ADDITIONAL = "AANVULLEND", "er is aanvullende ondersteuning nodig"
    MORE_INFORMATION = "MEER_INFORMATIE", "er is meer informatie of iemand anders nodig"
    NOTHING_NEEDED = "NIETS_NODIG", "er is niets meer nodig"


class ConsentPurpose(TextChoices):
    """One consent per purpose (R-11.7)."""

    DISCUSS_NAMED = "a", "met naam overleggen met mensen van buiten de school"
    SWV_REQUEST = "b", "ondersteuning vragen bij het samenwerkingsverband"
    INFORM_DISTRICT_TEAM = "c", "het wijkteam informeren"
    SHARE_WITH_SCHOOL = "d", "informatie over hulp delen met school"
    HELP_HISTORY = "e", "de geschiedenis van hulp vastleggen"
    ESCALATION = "f", "voorleggen aan Team Nooit Opgeven"
    EDUCATION_CONSULTANT = "g", "een onderwijsconsulent inschakelen"
    HANDOVER = "h", "overdracht aan een nieuwe school"


class ConsentDecisionKind(TextChoices):
    """What a giver said."""

    GIVEN = "VERLEEND", "gegeven"
    REFUSED = "GEWEIGERD", "geweigerd"
    WITHDRAWN = "INGETROKKEN", "ingetrokken"
    # Of a pupil from 12 who does not decide yet, but must be asked (access.md 2.6).
    HEARD = "GEHOORD", "gehoord"


class ConsentForm(TextChoices):
    """How it was said."""

    PAPER = "PAPIER", "op papier, met een scan"
    SPOKEN = "MONDELING", "mondeling, met een getuige"
    DIGITAL = "DIGITAAL", "zelf, met een eigen account"


class ConsentState(TextChoices):
    """How a consent stands; never stored, for it follows from answers, ages, custody and day."""

    DRAFT = "CONCEPT", "nog niet gevraagd"
    ASKED = "GEVRAAGD", "wacht op antwoord"
    GIVEN = "VERLEEND", "gegeven"
    REFUSED = "GEWEIGERD", "niet gegeven"
    WITHDRAWN = "INGETROKKEN", "ingetrokken"
    EXPIRED = "VERLOPEN", "verlopen"
    RECONFIRM = "HERBEVESTIGEN", "opnieuw bevestigen"


class LeadState(TextChoices):
    """Regie is offered, accepted, dated (R-8.3)."""

    OFFERED = "OFFERED", "aangeboden"
    ACCEPTED = "ACCEPTED", "aangenomen"
    DECLINED = "DECLINED", "niet aangenomen"
    ENDED = "ENDED", "beëindigd"


class PlanState(TextChoices):
    """A plan is a draft until the OT concludes."""

    DRAFT = "DRAFT", "concept"
    ACTIVE = "ACTIVE", "loopt"
    ENDED = "ENDED", "afgerond"


class GoalResult(TextChoices):
    """How far a goal is (O19)."""

    REACHED = "BEHAALD", "bereikt"
    PARTLY = "DEELS", "deels bereikt"
    NOT_REACHED = "NIET", "niet bereikt"


class EvaluationConclusion(TextChoices):
    """One conclusion per evaluation (R-11.2)."""

    CONTINUE = "VOORTZETTEN", "voortzetten"
    ADJUST = "BIJSTELLEN", "bijstellen"
    FINISH = "AFRONDEN", "afronden"
    BACK_TO_OT = "OPSCHALEN", "opschalen naar OT"
    STAGNATION = "STAGNATIE", "het loopt vast"


class DocumentKind(TextChoices):
    """PDFs that the route makes (domain.md 16.2)."""

    OT_INVITATION = "OT_UITNODIGING", "Uitnodiging OT"
    OT_REPORT = "OT_VERSLAG", "OT-verslag en plan"
    CLOSING_REPORT = "AFSLUITING", "Afsluitend verslag"


class DocumentAudience(TextChoices):
    """One audience per PDF, stamped in its footer (R-16.4)."""

    PROFESSIONALS = "PROFESSIONALS", "voor de genodigde professionals"
    CARERS = "OUDERS", "voor ouders en verzorgers"
    PARTICIPANTS = "DEELNEMERS", "voor alle deelnemers, ook ouders en leerling"


class DocumentState(TextChoices):
    """Where a PDF stands."""

    QUEUED = "QUEUED", "staat klaar om gemaakt te worden"
    RENDERING = "RENDERING", "wordt gemaakt"
    READY = "READY", "klaar"
    FAILED = "FAILED", "niet gelukt"


class AbsenceLength(TextChoices):
    """How long a pupil was away without leave; there is no word for illness here (O34)."""

    DAY = "DAG", "hele dag"
    PART = "DAGDEEL", "een dagdeel"
    LATE = "TE_LAAT", "te laat, door school als ongeoorloofd vastgelegd"

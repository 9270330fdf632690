"""The professionals of the demo region: every actor of domain.md 2, none of them real."""

from dataclasses import dataclass

from teams.enums import Role

R = Role
ALL_DAYS = "MA DI WO DO VR"


@dataclass(frozen=True)
class Post:
    """A role at a node; `year` makes it the group of that year at a school."""

    role: Role
    at: str
    year: str = ""


@dataclass(frozen=True)
class Professional:
    """One person with card, posts and, for who works at several schools, the days there.

    `faces` are schools with days, as "kade:MA DO"; `key` is the persona of the demo door.
    """

    key: str
    name: str
    posts: tuple[Post, ...]
    employer: str
    days: str
    card: str
    faces: tuple[str, ...] = ()

    @property
    def is_contact_only(self) -> bool:
        """Known by name and phone, without an account."""
        return self.posts[0].role in {R.YOUTH_DOCTOR, R.EDUCATION_CONSULTANT, R.WELFARE_WORKER}


def _one(role: Role, at: str, year: str = "") -> tuple[Post, ...]:
    return (Post(role, at, year),)


def _lead(key: str, name: str, role: Role, school: str, days: str, card: str) -> Professional:
    return Professional(key, name, _one(role, school), school, days, card, (f"{school}:{days}",))


# fmt: off
HEADS = (
    _lead("directeur-kade", "Marieke Verbruggen", R.HEAD, "kade", "MA DI WO DO",
        "Ik sta om acht uur bij de poort. Loop gerust even met me mee."),
    Professional("directeur-vuurtoren", "Olaf Brandsma",
        (Post(R.HEAD, "vuurtoren"), Post(R.HEAD, "schelp")), "vuurtoren", ALL_DAYS,
        "Directeur van school en voorschool: één huis, één team.", ("vuurtoren:MA DI WO DO VR", "schelp:WO")),
    _lead("directeur-wilgen", "Samira el Fassi", R.HEAD, "wilgen", "MA DI DO VR",
        "Mijn deur staat open. Is hij dicht, klop dan gewoon."),
    Professional("directeur-zwaluw", "Jeroen Holtkamp",
        (Post(R.HEAD, "zwaluw"), Post(R.TEACHER, "zwaluw", "8")), "zwaluw", ALL_DAYS,
        "Op maandag en dinsdag sta ik voor de bovenbouw, de andere dagen ben ik directeur.",
        ("zwaluw:WO DO VR",)),
    _lead("directeur-branding", "Petra van Ginkel", R.HEAD, "branding", "MA DI WO VR",
        "Ik ken alle kinderen bij naam en vertel graag wat hier kan."),
    _lead("directeur-veerlicht", "Winston Leeuwin", R.HEAD, "veerlicht", ALL_DAYS,
        "Bel me tussen twaalf en een, dan loop ik door de aula."),
)
COORDINATORS = (
    _lead("ib-kade", "Hanneke Tuinstra", R.SUPPORT_COORDINATOR, "kade", "MA DI DO",
        "Intern begeleider van alle groepen. Een vraag hoeft nog niet af te zijn."),
    Professional("ib-vuurtoren", "Fatima Benhaddou",
        (Post(R.SUPPORT_COORDINATOR, "vuurtoren"), Post(R.SUPPORT_COORDINATOR, "schelp")), "vuurtoren",
        "MA WO DO", "Ik begeleid peuters tot en met groep 8, dus ook de overstap.",
        ("vuurtoren:MA DO", "schelp:WO")),
    Professional("ib-wilgen", "Rik Zandbergen",
        (Post(R.SUPPORT_COORDINATOR, "wilgen"), Post(R.SUPPORT_COORDINATOR, "zwaluw")), "wilgen",
        "MA DI WO VR", "Drie dagen De Wilgenhoek, een dag De Zwaluw. Appen mag altijd.",
        ("wilgen:MA DI VR", "zwaluw:WO")),
    _lead("ib-branding", "Lotte Hagenaars", R.SUPPORT_COORDINATOR, "branding", "MA DI DO VR",
        "Samen met ouders zoek ik uit wat een kind hier nodig heeft."),
    _lead("ib-veerlicht", "Mehmet Karaca", R.SUPPORT_COORDINATOR, "veerlicht", ALL_DAYS,
        "Ondersteuningscoördinator. Leerlingen mogen zelf bij me binnenlopen."),
)
GROUP_STAFF = (
    Professional("leerkracht-kade-5a", "Tessa Roelofs", _one(R.TEACHER, "kade", "5"), "kade", ALL_DAYS,
        "Juf van groep 5. Na schooltijd ben ik tot half vijf in de klas."),
    Professional("leerkracht-kade-3a", "Bram Oosterling", _one(R.TEACHER, "kade", "3"), "kade", "MA DI WO DO",
        "Meester van groep 3: hier leren we lezen."),
    Professional("leerkracht-vuurtoren-4a", "Inge Slootweg", _one(R.TEACHER, "vuurtoren", "4"), "vuurtoren",
        ALL_DAYS, "Juf van groep 4, en coördinator van de tuin."),
    Professional("leerkracht-wilgen-6a", "Youssef Amghar", _one(R.TEACHER, "wilgen", "6"), "wilgen", ALL_DAYS,
        "Meester van groep 6. Ouders kunnen op woensdag binnenlopen."),
    Professional("leerkracht-branding-s3", "Gonda Kwakkel", _one(R.TEACHER, "branding", "S3"), "branding",
        "MA DI WO DO", "Al twintig jaar in het speciaal basisonderwijs, en nog elke dag verrast."),
    Professional("leerkracht-veerlicht-1a", "Daan Westerhof", _one(R.TEACHER, "veerlicht", "VO 1"), "veerlicht",
        ALL_DAYS, "Mentor van een brugklas en docent biologie."),
    Professional("pedagogisch-schelp", "Soraya Ramautar", _one(R.PEDAGOGICAL_STAFF, "schelp", "Peuters"),
        "schelp", "MA DI DO VR", "Pedagogisch medewerker bij de peuters."),
    Professional("pedagogisch-kade", "Joke van Zetten", _one(R.PEDAGOGICAL_STAFF, "kade", "1/2"), "kade",
        "MA DI WO DO", "Ondersteun in de kleutergroepen en bij het buitenspelen."),
)
SPECIALISTS = (
    Professional("onderwijsspecialist-kade", "Annelies Vreugdenhil", _one(R.EDUCATION_SPECIALIST, "swv"), "swv",
        "MA DI WO DO", "Ik denk mee over wat in de klas werkt, vóórdat het vastloopt.",
        ("kade:DI", "vuurtoren:MA", "veerlicht:WO", "schelp:DO")),
    Professional("onderwijsspecialist-wilgen", "Gijs Terpstra", _one(R.EDUCATION_SPECIALIST, "swv"), "swv",
        "MA DI DO VR", "Rekenen, werkhouding en de overstap naar een andere setting.",
        ("wilgen:DI", "zwaluw:MA", "branding:DO")),
    Professional("gezinsspecialist-kade", "Naima Oulad", _one(R.FAMILY_SPECIALIST, "gezinswijzer"), "gezinswijzer",
        "MA DI DO", "Ik praat met kinderen en ouders op school. Vrijwillig en zonder indicatie.",
        ("kade:MA DO", "zwaluw:DI")),
    Professional("gezinsspecialist-vuurtoren", "Ellen Kooiman", _one(R.FAMILY_SPECIALIST, "gezinswijzer"),
        "gezinswijzer", "DI WO VR", "Voor vragen over opvoeden, slapen, ruzie en alles ertussen.",
        ("vuurtoren:DI VR", "schelp:WO")),
    Professional("gezinsspecialist-wilgen", "Sharida Pinas", _one(R.FAMILY_SPECIALIST, "gezinswijzer"),
        "gezinswijzer", ALL_DAYS, "Bij de koffie in de ouderkamer, of even apart.",
        ("wilgen:MA WO", "branding:DI DO", "veerlicht:VR")),
    Professional("wijkteam-vlaardingen", "Karin Moerkerk", _one(R.DISTRICT_TEAM_WORKER, "wijkteam-vlaardingen"),
        "wijkteam-vlaardingen", "MA DI WO DO", "Ik ken het aanbod in de wijk en kom graag naar school.",
        ("kade:WO", "zwaluw:WO", "veerlicht:DI")),
    Professional("wijkteam-maassluis", "Bas Rietdijk", _one(R.DISTRICT_TEAM_WORKER, "wijkteam-maassluis"),
        "wijkteam-maassluis", "DI WO DO VR", "Eerst luisteren, dan kijken wat lichter kan.",
        ("vuurtoren:DO", "schelp:DO")),
    Professional("wijkteam-schiedam", "Priya Ganesh", _one(R.DISTRICT_TEAM_WORKER, "wijkteam-schiedam"),
        "wijkteam-schiedam", "MA DI DO VR", "Bereikbaar tot half zes, ook voor ouders.", ("wilgen:DI",)),
    Professional("contactpersoon-branding", "Hugo Lammers", _one(R.SBO_CONTACT, "wijkteam-schiedam"),
        "wijkteam-schiedam", "MA DI DO", "Vast gezicht op De Branding: één aanspreekpunt voor alle hulp.",
        ("branding:MA DO",)),
    Professional("woonplaats-maassluis", "Corrie Ooms", _one(R.RESIDENCE_WORKER, "wijkteam-maassluis"),
        "wijkteam-maassluis", "MA WO DO", "Ik kom thuis, als het gezin dat wil."),
    Professional("jeugdverpleegkundige", "Marleen Duijvestein", _one(R.YOUTH_NURSE, "cjg"), "cjg",
        "MA DI WO DO", "Slapen, eten, groeien, horen en zien: vraag het gewoon.",
        ("kade:DI", "vuurtoren:WO", "schelp:WO", "wilgen:MA", "zwaluw:DI", "branding:DO", "veerlicht:MA")),
    Professional("schoolmaatschappelijk-veerlicht", "Tamara Sprong", _one(R.SCHOOL_SOCIAL_WORKER, "schoolwelzijn"),
        "schoolwelzijn", "MA DO VR", "Mijn kamer is naast de kantine, kloppen hoeft niet.",
        ("veerlicht:MA DO",)),
)
OTHERS = (
    Professional("leerplicht", "Ron Hofstede", _one(R.ATTENDANCE_OFFICER, "vlaardingen"), "vlaardingen",
        "MA DI WO DO", "Alleen bij ongeoorloofd verzuim. Eerst praten."),
    Professional("trajectbegeleider-maasoever", "Wendy Scheffer", _one(R.PATHWAY_COORDINATOR, "maasoever"),
        "maasoever", "DI WO DO", "Passend onderwijs voor de scholen van Maasoever."),
    Professional("bestuurder-kompas", "Ferdinand Kuik", _one(R.BOARD_MEMBER, "kompas"), "kompas",
        ALL_DAYS, "Bestuurder van Het Kompas."),
    Professional("zorgaanbieder-overstap", "Merel Akkerman", _one(R.PROVIDER_WORKER, "overstap"), "overstap",
        "MA DI DO", "Begeleider bij De Overstap, vaak op school te vinden."),
    Professional("gemeente-contact", "Arjan Bontekoe",
        (Post(R.MUNICIPAL_CONTACT, "schiedam"), Post(R.ESCALATION_TEAM, "mvs")), "schiedam",
        "MA DI WO DO", "Als het vastloopt aan de kant van de gemeente."),
    Professional("swv-contact", "Ilse Nieuwpoort",
        (Post(R.SWV_CONTACT, "swv"), Post(R.ESCALATION_TEAM, "mvs")), "swv",
        "MA DI DO VR", "Als het vastloopt aan de kant van het onderwijs."),
    Professional("team-no", "Harm Ruiter", _one(R.ESCALATION_TEAM, "mvs"), "vlaardingen",
        "DI DO", "Wij geven niet op."),
    Professional("regiotafel", "Els Boogaard", _one(R.REGION_TABLE, "mvs"), "maassluis",
        "MA WO", "Leert van wat vastliep, zonder namen."),
    Professional("swv-medewerker", "Dirk-Jan Slob", _one(R.SWV_STAFF, "swv"), "swv",
        "MA DI WO DO", "Behandelt aanvragen bij het samenwerkingsverband."),
    Professional("beheerder", "Yvonne Tak", _one(R.APPLICATION_ADMIN, "swv"), "swv",
        "MA DI DO", "Functioneel beheerder: mensen, rollen en instellingen."),
    Professional("fg", "Robert Klinkhamer", _one(R.DATA_PROTECTION_OFFICER, "swv"), "swv",
        "DO", "Let erop dat ieder alleen ziet wat nodig is."),
)
CONTACTS = (
    Professional("jeugdarts", "Sietske Wagenaar", _one(R.YOUTH_DOCTOR, "cjg"), "cjg", "DI DO",
        "Jeugdarts; bereikbaar via de jeugdverpleegkundige."),
    Professional("onderwijsconsulent", "Paul Drost", _one(R.EDUCATION_CONSULTANT, "consulenten"), "consulenten",
        "MA DI WO", "Onafhankelijk en gratis, voor ouders en scholen."),
    Professional("welzijn", "Chantal Bos", _one(R.WELFARE_WORKER, "buurthuis"), "buurthuis", "MA DI DO VR",
        "Huiswerkclub, beweegmaatjes en taalmaatjes."),
)
# fmt: on

PROFESSIONALS = (*HEADS, *COORDINATORS, *GROUP_STAFF, *SPECIALISTS, *OTHERS, *CONTACTS)

"""The cases of the demo region: at which school, in which year, about what, and how far."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CasePlan:
    """One case to play: school, year group, story and script (see `script.py`)."""

    school: str
    year: str
    story: str
    script: str


# fmt: off
_KADE = (
    ("5", "prikkels", "road@-31 consent@-56:family evaluate@-5:VOORTZETTEN note@-3"),
    ("5", "vlot-lezen", "answered@-45 agree@-36:20:1"),
    ("5", "twee-huizen", "signal@-3"),
    ("5", "tafels", "asked@-9"),
    ("5", "boos-op-het-plein", "agreed@-40 fail@-9 lay@-4 convene@-3"),
    ("3", "eerste-lezen", "answered@-25 agree@-16:20:1"),
    ("3", "moe", "begin@-12 consult@-6:nurse,family"),
    ("3", "alleen-spelen", "signal@-2"),
    ("3", "buikpijn", "road@-11 consent@-36:family"),
    ("1", "stil-in-de-kring", "asked@-8 note@-2"),
    ("1", "potlood", "answered@-28 agree@-19:22"),
    ("1", "afscheid", "begin@-14 consult@-8:family,nurse answer@-4:nurse:2"),
    ("7", "toetsangst", "agreed@-54 fail@-27 vot@-14 lay@-2:ready"),
    ("8", "overstap", "begin@-30 vot_now@-20 vot@-14 lay@-3 convene@-2 contribute@-1"),
    ("6", "buitengesloten",
     "begin@-40 vot_now@-36 consent@-27:family vot@-24 table@-11 minutes@-3:BASIS:ready plan@-2:40"),
    ("6", "klaar-en-verveeld", "weighed@-11 consent@-36:education facility@-4:no"),
    ("4", "te-laat", "agreed@-60 good@-35 done@-33"),
    ("7", "opa-overleden", "begin@-50 consult@-46:family answer@-44:family:1 settle@-42"),
    ("8", "gymspullen",
     "road@-71 consent@-96:family evaluate@-40:VOORTZETTEN evaluate@-15:AFRONDEN close@-12"),
    ("4", "nieuw-in-nederland", "agreed@-52 fail@-24 voted@-14"),
)
_VUURTOREN = (
    ("4", "eerste-lezen", "answered@-33 agree@-24:20:1"),
    ("4", "dromen", "begin@-7 consult@-2:family,education"),
    ("4", "boos-op-het-plein", "begin@-13 consult@-8:family,district answer@-3:family:2"),
    ("4", "tafels", "answered@-12 agree@-3:25"),
    ("5", "twee-huizen", "road@-21 consent@-46:family note@-8 offer@-4:family"),
    ("6", "buitengesloten",
     "begin@-20 consult@-15:family answer@-12:family:3 more@-10:spoed lay@-4:ready"),
    ("7", "toetsangst", "agreed@-36 vot_please@-6"),
    ("8", "overstap", "agreed@-54 fail@-27 vot@-14 consent@-9:family:birthday consent@-2:education:open"),
    ("3", "moe", "direct@-31 consent@-61:education:short consent@-60:nurse evaluate@-6:BIJSTELLEN"),
    ("1", "stil-in-de-kring", "begin@-30 lapse@-12"),
    ("8", "gamen", "agreed@-54 fail@-26 lay@-14 convene@-13 held@-6 minutes@-5:ready"),
    ("6", "gymspullen", "agreed@-60 consent@-20:handover transfer@-12"),
)
_SCHELP = (
    ("Peuters", "eerste-woorden", "begin@-40 consult@-34:nurse answer@-31:nurse:2 agree@-28:26"),
    ("Peuters", "afscheid", "begin@-12 consult@-4:nurse,district"),
    ("Peuters", "bijten", "begin@-14 consult@-9:family,district"),
)
_WILGEN = (
    ("6", "prikkels", "agreed@-40 fail@-9 lay@-4 convene@-3"),
    ("6", "vlot-lezen", "answered@-43 agree@-34:20:1"),
    ("6", "jonge-mantelzorger", "begin@-12 consult@-4:family,district"),
    ("6", "dromen", "signal@-4"),
    ("6", "toetsangst", "road@-51 consent@-76:district offer@-4:district"),
    ("5", "te-laat", "begin@-9 signal_again@-6 consult@-5:district,family"),
    ("4", "ontploffing",
     "begin@-40 vot_now@-36 vot@-24 consent@-15:family table@-11 minutes@-3:BASIS:ready plan@-2:40"),
    ("7", "opa-overleden", "agreed@-65 good@-38 done@-36"),
    ("8", "gamen",
     "begin@-50 consult@-46:education answer@-42:education:3 more@-40 voted@-34 skip@-20"),
    ("3", "buikpijn", "agreed@-20 vot_please@-5 lay@-4:ready"),
    ("5", "nieuw-in-nederland", "weighed@-11 consent@-36:education facility@-6:no"),
    ("1", "potlood", "asked@-6"),
    ("7", "groepsapp", "signal@-9 not_yet@-9 talk@-6 consult@-3:family"),
)
_ZWALUW = (
    ("8", "overstap", "begin@-7 consult@-2:education"),
    ("5", "tafels", "answered@-43 agree@-34:20:1 accept@-33"),
    ("4", "alleen-spelen", "begin@-20 vot_now@-6 lay@-4:ready"),
    ("7", "jonge-mantelzorger",
     "road@-11 consent@-36:family offer@-6:family accept_lead@-5 note@-1"),
    ("6", "twee-huizen", "begin@-13 consult@-8:family,district"),
    ("3", "eerste-lezen", "begin@-34 vot_now@-27 lay@-14 convene@-13 held@-6 minutes@-5:ready"),
    ("1", "potlood", "begin@-25 lapse@-9 reopen@-2"),
)
_BRANDING = (
    ("S3", "zelf-doen", "road@-31 consent@-57:contact evaluate@-6:VOORTZETTEN consent@-3:education:open"),
    ("S3", "ontploffing", "agreed@-40 fail@-10 lay@-4:ready"),
    ("S3", "prikkels", "begin@-11 consult@-5:contact,education"),
    ("S3", "vlot-lezen", "answered@-43 agree@-34:20:1"),
    ("S3", "opa-overleden", "signal@-1"),
    ("S4", "boos-op-het-plein",
     "begin@-33 vot_now@-24 consent@-20:contact vot@-14 lay@-3 convene@-2"),
    ("S5", "toetsangst", "road@-21 consent@-46:contact evaluate@-3:OPSCHALEN return@-2 lay@-1:ready"),
    ("S2", "alleen-spelen", "answered@-21 agree@-12:25 vot_please@-7 decline@-4"),
    ("S6", "overstap", "road@-41 evaluate@-20:AFRONDEN close@-16"),
    ("S4", "gymspullen", "begin@-11 consult@-6:contact,family"),
)
_VEERLICHT = (
    ("VO 1", "groepsapp", "begin@-30 vot_now@-26 consent@-20:social vot@-14 lay@-3 convene@-2"),
    ("VO 1", "planning", "answered@-43 agree@-34:20:1"),
    ("VO 1", "vaak-ziek", "begin@-12 consult@-6:family,nurse,district"),
    ("VO 1", "botsingen", "signal@-3"),
    ("VO 1", "toetsangst", "road@-21 evaluate@-2:VOORTZETTEN"),
    ("VO 1", "twee-huizen", "begin@-13 consult@-8:nurse,family"),
    ("VO 2", "somber",
     "begin@-24 consult@-20:nurse answer@-17:nurse:3 more@-15:spoed consent@-12:social lay@-4 convene@-3"),
    ("VO 2", "gamen", "begin@-10 consult@-3:nurse,education"),
    ("VO 3", "jonge-mantelzorger", "weighed@-21 consent@-46:district facility@-5:yes offer@-3:district"),
    ("VO 2", "te-laat", "agreed@-36 fail@-6"),
    ("VO 4", "vaak-ziek", "weighed@-21 facility@-16:yes monitor@-15 facility_start@-13"),
    ("VO 3", "groepsapp", "begin@-60 vot_now@-52 vot@-44 lay@-21 convene@-20 held@-13:noshow new_ot@-11 lay@-3:ready"),
    ("VO 3", "botsingen", "begin@-60 vot_now@-52 vot@-44 ot_none@-31 finish@-20"),
    ("VO 2", "planning", "weighed@-21 consent@-15:district:refused back@-8"),
    ("VO 4", "nieuw-in-nederland", "road@-41 consent@-20:handover transfer@-9"),
)
# fmt: on
_BY_SCHOOL = {
    "kade": _KADE,
    "vuurtoren": _VUURTOREN,
    "schelp": _SCHELP,
    "wilgen": _WILGEN,
    "zwaluw": _ZWALUW,
    "branding": _BRANDING,
    "veerlicht": _VEERLICHT,
}
CASES = tuple(CasePlan(school, *row) for school, rows in _BY_SCHOOL.items() for row in rows)

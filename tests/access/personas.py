"""The personas of the matrices (access.md 2.10), as far as such accounts exist today.

Carers and pupils (A16, A17) have no account yet: their rows come with the portal.
"""

from dataclasses import dataclass

from teams.enums import Role

ROLES = {
    "A1": Role.TEACHER,
    "A2": Role.PEDAGOGICAL_STAFF,
    "A3": Role.SUPPORT_COORDINATOR,
    "A4": Role.HEAD,
    "A5": Role.EDUCATION_SPECIALIST,
    "A6": Role.PATHWAY_COORDINATOR,
    "A7": Role.BOARD_MEMBER,
    "A8": Role.FAMILY_SPECIALIST,
    "A9": Role.DISTRICT_TEAM_WORKER,
    "A10": Role.SBO_CONTACT,
    "A11": Role.RESIDENCE_WORKER,
    "A12": Role.YOUTH_NURSE,
    "A14": Role.SCHOOL_SOCIAL_WORKER,
    "A15": Role.ATTENDANCE_OFFICER,
    "A18": Role.PROVIDER_WORKER,
    "A19": Role.MUNICIPAL_CONTACT,
    "A20": Role.SWV_CONTACT,
    "A21": Role.ESCALATION_TEAM,
    "A22": Role.REGION_TABLE,
    "A25": Role.SWV_STAFF,
    "A26": Role.APPLICATION_ADMIN,
    "A26-FG": Role.DATA_PROTECTION_OFFICER,
}


@dataclass(frozen=True)
class Persona:
    """One account in one acting role.

    `posts` are (role, place, first day, last day) with days counted from today; `sits` names the
    chairs it has at tables of the home school: part, ask, vot, ot, reg; `at` are other schools.
    """

    key: str
    role: str
    posts: tuple[tuple[str, str, int, int | None], ...]
    employer: str
    linked: tuple[str, ...] = ()
    sits: frozenset[str] = frozenset()
    is_active: bool = True
    is_kin: bool = False
    deputizes: str = ""
    # Another persona is the same person in another role.
    same_as: str = ""

    @property
    def person(self) -> str:
        """Whose account this is."""
        return self.same_as or self.key


def _one(key: str, role: str, place: str, employer: str = "", *, sits: str = "", **more) -> Persona:
    since, until = more.pop("since", -100), more.pop("until", None)
    posts = ((role, place, since, until),) if place else ()
    return Persona(key, role, posts, employer or place, sits=frozenset(sits.split()), **more)


PERSONAS: tuple[Persona, ...] = (
    _one("teacher-5a", "A1", "kade-5a", "kade", sits="part vot ot"),
    _one("teacher-6b", "A1", "kade-6b", "kade", sits="part vot ask"),
    _one("teacher-werf", "A1", "werf-5a", "werf"),
    _one("peda-5a", "A2", "kade-5a", "kade"),
    _one("ib-kade", "A3", "kade", sits="reg"),
    _one("ib-werf", "A3", "werf"),
    _one("ib-duin", "A3", "duin"),
    _one("ib-ster", "A3", "ster"),
    _one("head-kade", "A4", "kade"),
    _one("head-werf", "A4", "werf"),
    _one("head-duin", "A4", "duin"),
    _one("a5-part", "A5", "swv", linked=("kade",), sits="part vot ot"),
    _one("a5-linked", "A5", "swv", linked=("kade", "werf")),
    _one("a5-asked", "A5", "swv", linked=("kade",), sits="ask"),
    _one("a5-lead", "A5", "swv", linked=("kade",), sits="reg"),
    _one("a5-zuid", "A5", "swv-zuid", linked=("duin",)),
    _one("a6", "A6", "stroom"),
    _one("a7", "A7", "stroom"),
    _one("a8-part", "A8", "family", linked=("kade",), sits="part vot ot"),
    _one("a8-linked", "A8", "family", linked=("kade",)),
    _one("a8-asked", "A8", "family", linked=("kade",), sits="ask"),
    _one("a9-part", "A9", "district", sits="part vot ot"),
    _one("a9-none", "A9", "district"),
    _one("a9-asked", "A9", "district", sits="ask"),
    _one("a10-part", "A10", "district", linked=("ster",), sits="part ot"),
    _one("a11-part", "A11", "district", sits="part ot"),
    _one("a12-part", "A12", "cjg", linked=("kade",), sits="part vot ot"),
    _one("a12-out", "A12", "cjg", linked=("kade",), sits="part"),
    _one("a12-asked", "A12", "cjg", linked=("kade",), sits="ask"),
    _one("a14-part", "A14", "welfare", linked=("kade",), sits="part vot ot"),
    _one("a15-part", "A15", "town", sits="part"),
    _one("a15-none", "A15", "town"),
    _one("a18", "A18", "provider"),
    _one("a19", "A19", "town"),
    _one("a20", "A20", "swv"),
    _one("a22", "A22", "town"),
    _one("a25", "A25", "swv"),
    _one("fg", "A26-FG", "swv"),
    _one("admin", "A26", "swv"),
    _one("ib-ended", "A3", "kade", until=0),
    _one("substitute", "A1", "kade-5a", "kade", until=-7, sits="part vot"),
    _one("ib-coming", "A3", "kade", since=1),
    _one("ib-off", "A3", "kade", is_active=False),
    _one("nobody", "", "", "kade"),
    _one("teacher-kin", "A1", "kade-5a", "kade", is_kin=True),
    _one("ib-kin", "A3", "kade", is_kin=True),
    _one("a8-kin", "A8", "family", linked=("kade",), sits="part vot ot", is_kin=True),
    Persona("ib-deputy", "A3", (("A1", "kade-6b", -100, None),), "kade", deputizes="ib-kade"),
    _one("a8-deputy", "A8", "family", deputizes="a8-part"),
    Persona("two-head", "A4", (("A4", "werf", -100, None), ("A1", "kade-5a", -100, None)), "kade"),
    Persona("two-teacher", "A1", (), "kade", same_as="two-head"),
)  # fmt: skip

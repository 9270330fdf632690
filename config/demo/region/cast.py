"""Who is who around a case: the school's leads, the group's teacher and the fixed faces."""

from dataclasses import dataclass, field
from uuid import UUID

from schools.models import School
from teams.enums import Role
from teams.models import Assignment, SupportTeamMember

# The short names of the scripts and of the texts.
ROLES = {
    "ib": Role.SUPPORT_COORDINATOR,
    "head": Role.HEAD,
    "education": Role.EDUCATION_SPECIALIST,
    "family": Role.FAMILY_SPECIALIST,
    "district": Role.DISTRICT_TEAM_WORKER,
    "contact": Role.SBO_CONTACT,
    "nurse": Role.YOUTH_NURSE,
    "social": Role.SCHOOL_SOCIAL_WORKER,
    "residence": Role.RESIDENCE_WORKER,
}
DOERS = {
    "leerkracht": "teacher",
    "pedagogisch": "teacher",
    "ib": "ib",
    "gezinsspecialist": "family",
    "onderwijsspecialist": "education",
    "jeugdverpleegkundige": "nurse",
    "schoolmaatschappelijk": "social",
    "contactpersoon": "contact",
}
# Who does it at a school that lacks this face.
STAND_INS = {"social": "family", "contact": "family", "family": "education"}
REASONS = {
    "teacher": "ziet {naam} elke dag in de groep",
    "ib": "begeleidt de route en schrijft het verslag",
    "head": "zit het overleg voor en is eindverantwoordelijk",
    "education": "dacht mee over wat in de klas helpt",
    "family": "sprak met ouders en met {naam}",
    "district": "kent de hulp in de wijk die hier past",
    "contact": "is voor dit gezin het vaste gezicht van de hulp",
    "nurse": "kijkt mee naar slapen, eten en gezondheid",
    "social": "praat op school met {naam}",
    "residence": "komt bij het gezin thuis",
}


@dataclass
class Cast:
    """The posts around one school, by short name; teachers by group node."""

    posts: dict[str, Assignment] = field(default_factory=dict)

    def has(self, who: str) -> bool:
        """Whether the school has this face."""
        return who in self.posts

    def post(self, who: str) -> Assignment:
        """The assignment behind a short name, or of who stands in."""
        while who not in self.posts:
            who = STAND_INS[who]
        return self.posts[who]


def casts(schools: dict[str, School]) -> dict[str, Cast]:
    """Read the posts of every school at once. Shape: casts by school key."""
    by_role = {role: who for who, role in ROLES.items()}
    found = {key: Cast() for key in schools}
    keys = {school.organization_id: key for key, school in schools.items()}
    held = Assignment.objects.filter(organization__in=keys, role__in=by_role)
    for row in held.select_related("person__employer"):
        found[keys[row.organization_id]].posts[by_role[Role(row.role)]] = row
    members = SupportTeamMember.objects.filter(assignment__role__in=by_role)
    for face in members.select_related("assignment__person__employer", "team"):
        who = by_role[Role(face.assignment.role)]
        found[keys[face.team.organization_id]].posts.setdefault(who, face.assignment)
    # The colleague who visits homes belongs to no school and helps at all of them.
    at_home = Assignment.objects.filter(role=Role.RESIDENCE_WORKER)
    for row in at_home.select_related("person__employer"):
        for cast in found.values():
            cast.posts.setdefault("residence", row)
    return found


def group_staff() -> dict[UUID, Assignment]:
    """Who stands before each group: the teacher, or the pedagogical staff of the youngest.

    Shape: assignments by the id of the group's node.
    """
    rows = Assignment.objects.filter(role__in=(Role.TEACHER, Role.PEDAGOGICAL_STAFF))
    found: dict[UUID, Assignment] = {}
    for row in rows.select_related("person__employer").order_by("role", "since"):
        is_persona = bool(row.person.persona)
        standing = found.get(row.organization_id)
        if standing is None or (is_persona and not standing.person.persona):
            found[row.organization_id] = row
    return found

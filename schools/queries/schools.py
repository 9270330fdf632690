"""Schools, as commands and pages find them."""

from uuid import UUID

from schools.models import School
from teams.access.actor import Actor
from teams.access.decide import relations_to
from teams.access.errors import NotVisible


def school_by_key(key: str) -> School:
    """The school with this key. Errors: School.DoesNotExist."""
    return School.objects.select_related("organization").get(organization__key=key)


def visible_school(school_id: UUID, *, actor: Actor) -> School:
    """A school at whose table the actor sits in any relation. Errors: NotVisible, also when there is none."""
    school = School.objects.select_related("organization", "dossier").filter(pk=school_id).first()
    if school is None or not (actor.is_system or relations_to(school.dossier_id, actor=actor)):
        raise NotVisible(school_id)
    return school

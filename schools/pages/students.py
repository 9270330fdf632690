"""The page of a pupil: where, with whom, who has custody, and what the rooms above add."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.urls import reverse

from schools.actions.carers import SECOND_PERSON_NEEDED
from schools.contributions import Card, contributed
from schools.enums import CarerRelation, CustodyValue
from schools.models import Enrollment, Student
from schools.queries.carers import CarerLine, carer_lines
from schools.queries.organizations import place_name
from schools.queries.students import student_enrollments, teachers_of
from teams.access.actor import Actor
from teams.access.decide import may
from teams.access.rules import Action as Permission
from teams.components import Action, Badge, BadgeKind, Face, Fact
from teams.templatetags.ui import long_day, short_day

UNKNOWN = "niet bekend"


@dataclass(frozen=True)
class CarerView:
    """A carer as the page shows them."""

    line: CarerLine
    actor: Actor
    may_edit: bool

    @property
    def name(self) -> str:
        """Full name."""
        return self.line.carer.full_name

    @property
    def relation(self) -> str:
        """How the carer stands to the pupil, and where and in which language."""
        carer = self.line.carer
        told = [
            CarerRelation(carer.relation).label,
            carer.language,
            carer.residence and place_name(carer.residence),
        ]
        return " · ".join(str(part) for part in told if part)

    @property
    def custody(self) -> Badge:
        """Custody in words, with what still has to happen."""
        line = self.line
        if line.value == CustodyValue.UNKNOWN:
            return Badge("gezag onbekend", BadgeKind.ATTENTION)
        word = "gezag" if line.value == CustodyValue.YES else "geen gezag"
        if line.waits_for_confirmation:
            return Badge(f"{word}, nog te bevestigen", BadgeKind.ATTENTION)
        return Badge(word, BadgeKind.DONE if line.value == CustodyValue.YES else BadgeKind.NEUTRAL)

    @property
    def custody_story(self) -> str:
        """Since when, and who confirmed it."""
        custody = self.line.custody
        if custody is None:
            return ""
        told = f"sinds {long_day(custody.since)}"
        if custody.confirmed_by:
            told += f", bevestigd door {custody.confirmed_by} op {short_day(custody.confirmed_at)}"
        return told

    @property
    def contact(self) -> list[Fact]:
        """How to reach the carer; empty when unknown or not for this reader."""
        contact = self.line.contact
        if self.line.is_contact_hidden:
            return [Fact("Contact", "geheim", note="alleen voor wie het mag weten")]
        if contact is None:
            return []
        facts = [
            Fact("Telefoon", contact.phone, "tel:" + contact.phone.replace(" ", "")),
            Fact("E-mail", contact.email, f"mailto:{contact.email}"),
            Fact("Adres", contact.address, note="geheim" if contact.is_secret else ""),
        ]
        return [fact for fact in facts if fact.value]

    @property
    def edit(self) -> Action | None:
        """The link to change this carer."""
        if not self.may_edit:
            return None
        url = reverse("carer", args=[self.line.carer.student_id, self.line.carer.pk])
        return Action("Wijzigen", url, is_quiet=True, icon="pencil-square")

    @property
    def confirm(self) -> Action | None:
        """The button of the second person; grey for who recorded it."""
        custody = self.line.custody
        if custody is None or not (self.may_edit and self.line.waits_for_confirmation):
            return None
        is_own = custody.created_by_id == self.actor.person_id
        url = reverse("custody-confirm", args=[self.line.carer.student_id, custody.pk])
        return Action(
            "Gezag bevestigen", url, is_post=True, reasons=(SECOND_PERSON_NEEDED,) if is_own else ()
        )


@dataclass(frozen=True)
class StudentPage:
    """Everything the page of a pupil shows to one reader on one day."""

    student: Student
    actor: Actor
    today: date

    @cached_property
    def enrollments(self) -> list[Enrollment]:
        """Where the pupil is and was, newest first."""
        return student_enrollments(self.student)

    @property
    def current(self) -> Enrollment | None:
        """The enrollment that holds, else the last one."""
        return next(iter(self.enrollments), None)

    @property
    def eyebrow(self) -> str:
        """Group and school."""
        current = self.current
        if current is None:
            return ""
        group = f"groep {current.group.name} · " if current.group else ""
        return f"{group}{current.school.name}"

    @property
    def back(self) -> dict[str, str] | None:
        """The way back: the class list."""
        current = self.current
        if current is None or current.group is None:
            return None
        return {
            "label": f"Groep {current.group.name}",
            "url": reverse("group", args=[current.group.pk]),
        }

    @property
    def badges(self) -> tuple[Badge, ...]:
        """What a reader must know at once."""
        current = self.current
        if current and current.is_flagged_leaver:
            return (
                Badge("uitgeschreven in de administratie, casus loopt nog", BadgeKind.ATTENTION),
            )
        if current and current.until and current.until <= self.today:
            return (Badge(f"uitgeschreven op {long_day(current.until)}"),)
        return ()

    @cached_property
    def may_edit(self) -> bool:
        """Whether this reader keeps carers and custody."""
        # The view let nobody in without a working seat at this pupil.
        return may(self.actor, Permission.EDIT_CARERS)

    @property
    def may_break_glass(self) -> bool:
        """Whether this reader may ask for a secret address when a child is at risk (2.7)."""
        return may(self.actor, Permission.BREAK_GLASS)

    @cached_property
    def carers(self) -> list[CarerView]:
        """The carers, as far as this reader may see them."""
        return [CarerView(line, self.actor, self.may_edit) for line in carer_lines([self.student])]

    @property
    def has_custodian(self) -> bool:
        """Whether anybody with custody is known."""
        return any(view.line.value == CustodyValue.YES for view in self.carers)

    @property
    def facts(self) -> list[Fact]:
        """The pupil in a few lines."""
        return list(self._facts())

    @cached_property
    def teachers(self) -> list[Face]:
        """Who stands before the group today."""
        group = self.current.group if self.current else None
        nodes: list[UUID] = [group.organization_id] if group else []
        return [
            Face(str(row.person), row.get_role_display())
            for row in teachers_of(nodes, day=self.today)
        ]

    @cached_property
    def cards(self) -> list[Card]:
        """Cases and signals, from the rooms above."""
        return [
            card
            for room in contributed()
            for card in room.student_cards(self.student, actor=self.actor)
        ]

    def _facts(self) -> Iterator[Fact]:
        student, current = self.student, self.current
        age = student.age_on(self.today)
        born = f"{long_day(student.birth_date)}" if student.birth_date else UNKNOWN
        yield Fact("Geboren", born, note=f"{age} jaar" if age is not None else "")
        yield Fact("Taal thuis", student.language or UNKNOWN)
        since = f"sinds {long_day(student.residence_since)}" if student.residence_since else ""
        yield Fact(
            "Woongemeente",
            place_name(student.residence) if student.residence else UNKNOWN,
            note=since,
        )
        if current is None:
            return
        yield Fact("Ingeschreven", f"sinds {long_day(current.since)}")
        if combined := ", ".join(group.name for group in current.combined_groups.all()):
            yield Fact("Ook in", combined)
        if current.site:
            yield Fact("Vestiging", current.site.name)

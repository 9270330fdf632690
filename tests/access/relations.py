"""Who stands in which relation to whom today (access.md 2.2), and whether consent holds (2.6); plain Python."""

from datetime import date, timedelta
from functools import cache

from tests.access.facts import Case, Consent, Facts, Post, Pupil, Reader, age, holds, required

ROUTE = ("SIGNALERING", "CONSULT", "AFSPRAKEN", "VOT_NODIG", "VOT", "OT_NODIG", "OT", "AFWEGING", "UITVOERING",
         "ESCALATIE")  # fmt: skip
OPEN = frozenset(ROUTE)
TAIL = timedelta(days=30)
GROUP_STAFF = {"A1", "A2"}
SCHOOL_STAFF = {"A1", "A2", "A3", "A4"}

# What lies where (domain.md 3 and 4, "K2-blok" and "Kop" of access.md 2.5).
HEADING = {"case", "step", "regie", "participant"}
K2 = {
    "ot",
    "plan",
    "goal",
    "monitoring",
    "evaluation",
    "agreement",
    "document",
    "check",
    "shared note",
    "K2 words",
}
# Read as: who may take a step reads what such steps made (AR-1 with T-04, T-06, T-09; domain.md 15).
K1_OF_THE_GROUP = {"signal", "talk", "note", "consult", "asked", "early agreement", "K1 words"}
K1 = K1_OF_THE_GROUP | {"vot", "consent"}
# O1 with its carers (O2), as the school keeps them.
PUPIL = {"pupil", "enrollment", "carer", "custody", "contact", "pupil note"}
# Of the school that made them, and of no later one (AR-39, AR-40).
OF_ONE_SCHOOL = {"enrollment", "pupil note"}
SCHOOL = {"group signal", "school signal", "school note", "import"}
# Absence facts and agreements about attendance (O34, R-15.4).
ABSENCE = {"absence"}


class Relations:
    """The relations of one day."""

    def __init__(self, facts: Facts, day: date) -> None:
        self.facts, self.day = facts, day
        self.standing = cache(self._standing)
        self.covers = cache(self._covers)
        self.chairs = cache(self._chairs)
        self.cases_of = cache(self._cases_of)

    def posts(self, person: str) -> list[tuple[Post, bool]]:
        """Posts held today, with whether as a deputy."""
        held = []
        for post in self.facts.posts:
            if not holds(post.since, post.until, self.day):
                continue
            if post.person == person:
                held.append((post, False))
            elif post.deputy == person and self._stands_in(post):
                held.append((post, True))
        return held

    def _cases_of(self, pupil: str) -> list[Case]:
        return [case for case in self.facts.cases.values() if case.pupil == pupil]

    def _stands_in(self, post: Post) -> bool:
        """`wnm`: dated, at most 30 days."""
        since, until = post.deputy_since, post.deputy_until
        return bool(since and until and until - since <= TAIL and holds(since, until, self.day))

    def _standing(self, reader: Reader) -> frozenset[str]:
        """Where the acting role is held today."""
        return frozenset(
            post.at for post, _ in self.posts(reader.person) if post.role == reader.role
        )

    def _chairs(self, reader: Reader) -> frozenset[str]:
        """The own chair, and that of whoever is stood in for in this role (AR-37)."""
        held = self.posts(reader.person)
        return frozenset(
            {post.person for post, _ in held if post.role == reader.role} | {reader.person}
        )

    def sch(self, reader: Reader, school: str) -> bool:
        return school in self.standing(reader)

    def works_at(self, reader: Reader, school: str) -> bool:
        """Acts at this school, at one of its groups or at its board."""
        above = self.facts.above
        nodes = {school, above[school]} | {key for key, over in above.items() if over == school}
        return bool(nodes & self.standing(reader))

    def grp(self, reader: Reader, pupil: str, school: str) -> bool:
        return any(
            place.school == school and place.group in self.standing(reader)
            for place in self.facts.pupils[pupil].places
            if holds(place.since, place.until, self.day)
        )

    def schools(self, pupil: str) -> set[str]:
        """Where this pupil is today."""
        places = self.facts.pupils[pupil].places
        return {place.school for place in places if holds(place.since, place.until, self.day)}

    def part(self, reader: Reader, case: Case) -> bool:
        """Participant in this role; closed not more than 30 days ago."""
        return any(
            chair.person in self.chairs(reader)
            and chair.role == reader.role
            and holds(chair.since, chair.until, self.day)
            for chair in case.participants
        )

    def reg(self, reader: Reader, case: Case) -> bool:
        lead = case.lead
        return bool(lead and lead.person in self.chairs(reader) and lead.role == reader.role)

    def ask(self, reader: Reader, case: Case, consult: str) -> bool:
        """Asked in this role; open, or ended less than 30 days ago."""
        return any(
            row.key == consult
            and any(
                person in self.chairs(reader) and role == reader.role for person, role in row.people
            )
            and (row.held is None or self.day < row.held + TAIL)
            for row in case.consults
        )

    def inv(self, reader: Reader, case: Case, meeting: str = "", kind: str = "") -> bool:
        return any(
            self.chairs(reader) & people
            for key, of_kind, people in case.invited
            if meeting in ("", key) and kind in ("", of_kind)
        )

    def while_(self, case: Case, first: str, last: str) -> bool:
        """The state lies in this span. Read as: the 30 days of `part` and `ask` come after its end."""
        span = ROUTE[ROUTE.index(first) : ROUTE.index(last) + 1]
        if case.state == "AFGEROND":
            return bool(case.closed and self.day < case.closed + TAIL)
        return case.state in span

    def by_consent(self, reader: Reader, case: Case, kind: str) -> bool:
        """TOESTEMMING(a) covers the employer of whose chair it is, and this class of data."""
        data = "K2" if kind in K2 else "K1" if kind in K1 - {"consent"} else ""
        return any(
            self.covers(case.key, self.facts.people[person].employer, data)
            for person in self.chairs(reader)
        )

    def _covers(self, case_key: str, employer: str, data: str) -> bool:
        case = self.facts.cases[case_key]
        pupil = self.facts.pupils[case.pupil]
        return any(
            row.purpose == "a"
            and employer in row.recipients
            and (data in row.classes or not data)
            and row.asked is not None
            and holds(row.asked, row.until, self.day)
            and self._is_given(row, pupil)
            for row in case.consents
        )

    def _is_given(self, consent: Consent, pupil: Pupil) -> bool:
        """Every required giver said yes last. HERBEVESTIGEN: for 30 days the former givers do.

        Read as: what a pupil said before the last birthday that changed who decides is asked anew.
        """
        birthdays = [pupil.born.replace(year=pupil.born.year + years) for years in (12, 16)]
        change = max((day for day in birthdays if day <= self.day), default=None)
        if self._holds_on(consent, pupil, self.day, change):
            return True
        if change is None or self.day >= change + TAIL:
            return False
        eve = change - timedelta(days=1)
        before = max((day for day in birthdays if day <= eve), default=None)
        return self._holds_on(consent, pupil, eve, before) and not self._is_refused(consent, pupil)

    def _holds_on(self, consent: Consent, pupil: Pupil, day: date, change: date | None) -> bool:
        said = [row for row in consent.said if row[2] <= day]
        last = {
            giver: answer
            for giver, answer, on in said
            if giver != "pupil" or change is None or on >= change
        }
        givers = required(consent.purpose, pupil, day)
        must_hear = 12 <= age(pupil.born, day) < 16
        return bool(
            givers
            and all(last.get(giver) == "given" for giver in givers)
            and (not must_hear or "pupil" in last)
        )

    def _is_refused(self, consent: Consent, pupil: Pupil) -> bool:
        last = {giver: answer for giver, answer, _ in consent.said}
        return any(answer in ("refused", "withdrawn") for answer in last.values())

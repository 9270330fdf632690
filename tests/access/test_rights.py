"""A-25, A-10, D13: nobody gives themselves a right, and what opens K3 to K7 takes two people."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from teams import outbox
from teams.access.errors import Blocked, NotAllowed, NotVisible
from teams.enums import Role
from teams.models import Assignment, AuditEntry, Device, Proposal
from teams.models.grant import Answer
from teams.rights import giving, people
from tests.world import NOW, World, add_person

TODAY = NOW.date()
DAYS = {"since": TODAY, "until": None}
REFUSALS = (NotAllowed, NotVisible, Blocked)
NO_ADMINS = ("teacher-kade", "ib-kade", "head-kade", "family-sanne", "nurse-fien", "fg-rob")
TO_SELF = (
    (Role.APPLICATION_ADMIN, "swv"),
    (Role.HEAD, "kade"),
    (Role.SUPPORT_COORDINATOR, "kade"),
    (Role.TEACHER, "kade-5a"),
    (Role.SWV_STAFF, "swv"),
    (Role.BOARD_MEMBER, "board"),
)
ABOVE = (Role.DATA_PROTECTION_OFFICER, Role.CARER, Role.STUDENT, Role.YOUTH_DOCTOR)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def region(world: World) -> World:
    """Beside the small world: a second administrator, an overseer, and a town of its own."""
    add_person(world, "admin-kim", Role.APPLICATION_ADMIN, "swv")
    add_person(world, "admin-stad", Role.APPLICATION_ADMIN, "town")
    add_person(world, "fg-rob", Role.DATA_PROTECTION_OFFICER, "swv")
    return world


def _give(world: World, by: str, to: str, role: Role, where: str) -> giving.Outcome:
    return giving.give(
        world.people[to],
        role,
        world.organizations[where],
        given=DAYS,
        actor=world.actor(by),
        now=NOW,
    )


def _decide(world: World, by: str, proposal: Proposal, answer: Answer = Answer.YES) -> Proposal:
    return giving.decide(proposal.pk, answer, actor=world.actor(by), now=NOW)


def _propose(world: World, to: str = "teacher-kade") -> Proposal:
    proposal = _give(world, "admin-bo", to, Role.HEAD, "kade").proposal
    assert proposal is not None
    return proposal


def test_a_task_that_opens_little_is_given_by_one(region):
    outcome = _give(region, "admin-bo", "ib-kade", Role.TEACHER, "kade-5a")
    assert outcome.assignment and outcome.proposal is None
    assert Role.TEACHER in region.actor("ib-kade").roles
    assert AuditEntry.objects.filter(verb="RIGHT_GIVEN").count() == 1


@pytest.mark.parametrize("second", ["admin-kim", "fg-rob", "head-kade"])
def test_what_opens_k3_waits_for_a_second_person(region, second):
    proposal = _propose(region)
    assert Role.HEAD not in region.actor("teacher-kade").roles
    _decide(region, second, proposal)
    assert Role.HEAD in region.actor("teacher-kade").roles
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"RIGHT_PROPOSED", "RIGHT_DECIDED", "RIGHT_GIVEN"} <= verbs


def test_no_is_no(region):
    proposal = _propose(region)
    _decide(region, "fg-rob", proposal, Answer.NO)
    assert Role.HEAD not in region.actor("teacher-kade").roles
    with pytest.raises(NotVisible):
        _decide(region, "admin-kim", proposal)


Attempt = tuple[str, Callable[[], object]]


def _gifts(world: World) -> Iterator[Attempt]:
    """Giving what one may not give, to whom one may not, or where one may not."""
    listed = [
        *((who, "ib-werf", Role.TEACHER, "kade-5a") for who in NO_ADMINS),
        *((who, who, Role.HEAD, "kade") for who in NO_ADMINS),
        *(("admin-bo", "admin-bo", role, where) for role, where in TO_SELF),
        *(
            ("admin-bo", "ib-kade", Role.DISTRICT_TEAM_WORKER, where)
            for where in ("town", "district", "cjg", "family")
        ),
        *(
            ("admin-stad", "district-lotte", Role.SWV_STAFF, where)
            for where in ("swv", "board", "kade")
        ),
        *(("admin-bo", "ib-kade", role, "swv") for role in ABOVE),
        ("admin-bo", "district-lotte", Role.TEACHER, "kade-5a"),
        ("admin-bo", "ib-kade", Role.HEAD, "kade-5a"),
    ]
    for gift in listed:
        yield str(gift), partial(_give, world, *gift)


def _decisions(world: World) -> Iterator[Attempt]:
    """Deciding on one's own proposal, about oneself, or about elsewhere."""
    proposal, own = _propose(world), _propose(world, "head-werf")
    yield "about oneself", partial(_decide, world, "head-werf", own)
    for who in ("admin-bo", "teacher-kade", "head-werf", "admin-stad"):
        yield f"{who} decides", partial(_decide, world, who, proposal)


def _detours(world: World) -> Iterator[Attempt]:
    """Backdating, standing in too long or for oneself, an account elsewhere."""
    actor = {"actor": world.actor("admin-bo"), "now": NOW}
    somebody, place = world.people["ib-kade"], world.organizations["kade-5a"]
    early = {"since": TODAY - timedelta(days=1)}
    yield "backdated", partial(giving.give, somebody, Role.TEACHER, place, given=early, **actor)
    task = world.people["head-kade"].assignments.get()
    long = {"since": TODAY, "until": TODAY + timedelta(days=31)}
    short = {"since": TODAY, "until": TODAY + timedelta(days=5)}
    yield "too long", partial(giving.deputize, task, somebody, given=long, **actor)
    oneself = world.people["admin-bo"]
    yield "oneself as deputy", partial(giving.deputize, task, oneself, given=short, **actor)
    account = {"email": "nieuw@voorbeeld.example", "first_name": "Nieuw", "last_name": "Iemand"}
    account["employer"] = world.organizations["town"]
    yield "an account elsewhere", partial(people.add_person, given=account, **actor)


def test_a25_none_of_forty_escalations_succeeds(region):
    def rights_now() -> set:
        rows = Assignment.objects.values_list("person", "role", "organization", "deputy", "until")
        return set(rows)

    before, tried, through = rights_now(), 0, []
    for name, attempt in (*_gifts(region), *_decisions(region), *_detours(region)):
        tried += 1
        try:
            with transaction.atomic():
                attempt()
            through.append(name)
        except REFUSALS:
            continue
    print(f"A-25: {len(through)} of {tried} escalations succeeded")
    assert through == []
    assert tried >= 40
    assert rights_now() == before


def test_the_table_itself_refuses_one_pair_of_eyes(region):
    proposal, person = _propose(region), region.people["admin-bo"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(decided_by=person, answer="YES")
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(decided_by=proposal.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(proposed_by=proposal.person)


def test_a_task_that_ends_opens_nothing_at_the_next_request(region, client):
    client.force_login(region.people["ib-kade"])
    assert client.get(reverse("cases")).status_code == 200
    task = region.people["ib-kade"].assignments.get()
    giving.end_assignment(task, actor=region.actor("admin-bo"), now=NOW)
    assert client.get(reverse("cases")).status_code == 403
    assert AuditEntry.objects.filter(verb="RIGHT_ENDED").count() == 1


def test_a_deputy_of_a_head_takes_two_people_and_the_days_named(region):
    task = region.people["head-kade"].assignments.get()
    given = {"since": TODAY, "until": TODAY + timedelta(days=5), "has_mandate": True}
    named = giving.deputize(
        task, region.people["ib-kade"], given=given, actor=region.actor("admin-bo"), now=NOW
    )
    assert Role.HEAD not in region.actor("ib-kade").roles
    _decide(region, "admin-kim", named.proposal)
    assert Role.HEAD in region.actor("ib-kade").roles
    later = NOW + timedelta(days=5)
    assert Role.HEAD not in region.actor("ib-kade", now=later).roles


def _stands_in(world: World, deputy: str, replaced: str) -> bool:
    task, actor = world.people[replaced].assignments.get(), world.actor("admin-bo")
    given = {"since": TODAY, "until": TODAY + timedelta(days=5)}
    try:
        giving.deputize(task, world.people[deputy], given=given, actor=actor, now=NOW)
    except Blocked as refusal:
        assert "niet dezelfde of een lagere taak" in str(refusal.reasons[0])
        return False
    return True


@pytest.mark.parametrize(
    ("deputy", "replaced", "may"),
    [
        ("teacher-kade", "ib-kade", True),
        ("ib-kade", "head-kade", True),
        ("other-kade", "teacher-kade", True),
        ("head-kade", "ib-kade", False),
        ("ib-kade", "teacher-kade", False),
        ("head-werf", "head-kade", False),
        ("teacher-werf", "teacher-kade", False),
        ("nobody-kade", "teacher-kade", False),
        # Also a teacher, but the school's head all the same.
        ("both-kade", "ib-kade", False),
    ],
)
def test_a_deputy_is_of_the_same_or_a_lower_role(region, deputy, replaced, may):
    add_person(region, "other-kade", Role.PEDAGOGICAL_STAFF, "kade-5a", employer="kade")
    left = add_person(region, "nobody-kade", Role.TEACHER, "kade-5a", employer="kade")
    left.until = TODAY
    left.save(update_fields=["until"])
    both = add_person(region, "both-kade", Role.TEACHER, "kade-5a", employer="kade")
    Assignment.objects.create(
        person=both.person,
        role=Role.HEAD,
        organization=region.organizations["kade"],
        since=TODAY,
    )
    assert _stands_in(region, deputy, replaced) == may


def test_the_form_offers_only_who_may_stand_in(region, client):
    client.force_login(region.people["admin-bo"])
    task = region.people["ib-kade"].assignments.get()
    shown = client.get(reverse("rights-task", args=[task.pk])).content.decode()
    assert str(region.people["teacher-kade"].pk) in shown
    for key in ("head-kade", "teacher-werf", "ib-werf"):
        assert str(region.people[key].pk) not in shown, key


def test_who_was_raised_meanwhile_does_not_stand_in(region):
    task = region.people["head-kade"].assignments.get()
    given = {"since": TODAY, "until": TODAY + timedelta(days=5)}
    named = giving.deputize(
        task, region.people["ib-kade"], given=given, actor=region.actor("admin-bo"), now=NOW
    )
    region.people["ib-kade"].assignments.update(until=TODAY)
    with pytest.raises(Blocked):
        _decide(region, "admin-kim", named.proposal)
    task.refresh_from_db()
    assert task.deputy is None


def test_a_factor_is_reset_by_two_and_its_owner_hears(region, client):
    owner = region.people["ib-kade"]
    Authenticator.objects.create(user=owner, type=Authenticator.Type.TOTP, data={})
    Device.objects.create(person=owner, name="Mijn telefoon", registered_at=NOW)
    client.force_login(owner)
    assert client.get(reverse("cases")).status_code == 200
    password = owner.password
    asked = giving.propose_reset(
        owner, reason="Telefoon kwijt", actor=region.actor("admin-bo"), now=NOW
    )
    assert Authenticator.objects.filter(user=owner).exists()
    for alone in ("admin-bo", "ib-kade"):
        with pytest.raises(NotAllowed if alone == "admin-bo" else REFUSALS):
            _decide(region, alone, asked)
    _decide(region, "admin-kim", asked)
    assert not Authenticator.objects.filter(user=owner).exists()
    assert not Device.objects.filter(person=owner, revoked_at__isnull=True).exists()
    assert client.get(reverse("cases")).status_code == 302
    owner.refresh_from_db()
    assert owner.password == password
    while outbox.sweep():
        pass
    assert [letter.to for letter in mail.outbox] == [[owner.email]]
    assert "tweede stap" in mail.outbox[0].body
    client.force_login(owner)
    told = client.get("/").content.decode()
    assert "uw tweede stap is weggehaald" in told
    for helper in ("admin-bo", "admin-kim"):
        assert str(region.people[helper]) in told
    client.force_login(region.people["head-kade"])
    assert "uw tweede stap is weggehaald" not in client.get("/").content.decode()
    with time_machine.travel(NOW + timedelta(days=14), tick=False):
        client.force_login(owner)
        assert "uw tweede stap is weggehaald" not in client.get("/").content.decode()


def test_a_reset_that_was_refused_is_told_to_nobody(region, client):
    owner, actor = region.people["ib-kade"], region.actor("admin-bo")
    asked = giving.propose_reset(owner, reason="Telefoon kwijt", actor=actor, now=NOW)
    giving.decide(asked.pk, Answer.NO, actor=region.actor("admin-kim"), now=NOW)
    client.force_login(owner)
    assert "uw tweede stap is weggehaald" not in client.get("/").content.decode()


def test_the_yearly_review_covers_every_assignment(region, client):
    client.force_login(region.people["admin-bo"])
    rows = client.get(reverse("rights-review") + "?als=csv").content.decode().splitlines()
    town = {"town", "district", "cjg", "family"}
    own = [
        row
        for row in Assignment.objects.select_related("organization")
        if row.organization.key not in town
    ]
    assert len(rows) - 1 == len(own) > 5
    task = region.people["ib-kade"].assignments.get()
    client.post(reverse("rights-task", args=[task.pk]), {"confirm": "1"})
    task.refresh_from_db()
    assert task.confirmed_on == TODAY


def test_the_pages_walk_from_proposal_to_right(region):
    admin, second = Client(), Client()
    admin.force_login(region.people["admin-bo"])
    second.force_login(region.people["fg-rob"])
    person = region.people["teacher-kade"]
    address = reverse("rights-person", args=[person.pk])
    place = region.organizations["kade"].pk
    sent = admin.post(address, {"role": "HEAD", "organization": place, "since": TODAY.isoformat()})
    assert sent.status_code == 302
    assert "wacht op een ander" in admin.get(reverse("rights")).content.decode()
    proposal = Proposal.objects.get()
    decide = reverse("rights-decide", args=[proposal.pk])
    assert admin.post(decide, {"answer": "YES"}).status_code == 403
    assert "Akkoord" in second.get(decide).content.decode()
    assert second.post(decide, {"answer": "YES"}).status_code == 302
    assert Role.HEAD in region.actor("teacher-kade").roles


def test_pages_of_beheer_show_nobody_of_elsewhere(region, client):
    client.force_login(region.people["admin-bo"])
    page = client.get(reverse("rights")).content.decode()
    assert "Ib Kade" in page and "District Lotte" not in page and "Noor" not in page
    other = region.people["district-lotte"]
    assert client.get(reverse("rights-person", args=[other.pk])).status_code == 404

"""One example of every address, in its richest state and for its richest role."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from cases.actions import convening
from cases.actions.consults import ask_consult, reach_agreements
from cases.actions.vot_requests import ask_vot_at_once
from cases.enums import MeetingKind
from cases.models import AbsenceGround, Case, Consent, Consult, Participant, Signal
from cases.pages.route import STEP_PAGES
from cases.seating import reseat
from schools.models import Group, ImportRun
from schools.seating import reseat_school
from teams.access.actor import as_system
from teams.actions.alarms import acknowledge_alarm, raise_alarm
from teams.enums import AlarmKind, GlassCategory, OrganizationKind, Role
from teams.models import BreakGlass, Organization, SupportTeam, SupportTeamMember
from tests.access.full_case import LATER, FullCase, build_full_case
from tests.cases.ladder import agreement_of, assignment_of, signaling_case
from tests.cases.late_ladder import act, current, hold, lay, school_table
from tests.world import NOW, YEAR_START, World, add_person, add_student

HEAD_STEPS = {"T-11", "T-12", "T-14", "T-15", "T-16", "T-17", "T-19", "T-27"}
OF_OTHERS = {
    "alarm-seen": "admin-bo",
    "glass-approve": "head-kade",
    "glass-review": "head-kade",
    "glass-find": "head-kade",
}
COORDINATOR, HEAD, TEACHER = "ib-kade", "head-kade", "teacher-kade"
ADMIN = "admin-bo"
# One signs in with an app and codes, the other with a key and no password.
STRONG, KEYED = "district-lotte", "attendance-piet"
OFFICER = "privacy-officer"


@dataclass(frozen=True)
class Visit:
    """An address and who looks; nobody is who has not signed in."""

    path: str
    by: str = COORDINATOR


@dataclass(frozen=True)
class Stage:
    """The cases behind the examples: a plan that runs, a question, agreements, two tables."""

    full: FullCase
    asked: Case
    agreed: Case
    laid: Case
    held: Case


def build_stage(world: World) -> Stage:
    """Play five cases as far as the pages need them."""
    full = build_full_case(world)
    _seat_officer(full)
    for number, (key, name) in enumerate(
        (("mila", "Mila"), ("cas", "Cas"), ("fleur", "Fleur"), ("guus", "Guus"))
    ):
        add_student(world, key, name, "de Vries", born=date(2014, 2, 3 + number))
    asked, agreed = _asked(world, "mila"), _agreed(world, "cas")
    laid, held = _laid(world, "fleur"), _laid(world, "guus")
    act(world, HEAD, convening.convene_vot, held.pk, now=LATER)
    hold(world, current(held, MeetingKind.VOT), now=LATER)
    _striking_use(world)
    _second_factors(world)
    _second_places(world)
    return Stage(full, asked, agreed, laid, held)


def _striking_use(world: World) -> None:
    """Two flags for the privacy officer, one of them handled."""
    add_person(world, OFFICER, Role.DATA_PROTECTION_OFFICER, "swv")
    codes = f"persoon {uuid4()}, dossier {uuid4()}"
    raise_alarm(AlarmKind.CURIOSITY, f"achternaam, {codes}", now=LATER)
    handled = raise_alarm(AlarmKind.CURIOSITY, f"nacht, {codes}", now=LATER)
    actor = world.actor(OFFICER, now=LATER)
    acknowledge_alarm(handled, answer="Dienst van de crisisdienst.", actor=actor, now=LATER)


def _seat_officer(full: FullCase) -> None:
    """The attendance officer sits at the table of the full case."""
    person = full.world.people[KEYED]
    with as_system("stage"):
        shared = {"dossier_id": full.case.dossier_id, "created_at": LATER, "since": LATER.date()}
        role = Role.ATTENDANCE_OFFICER
        Participant.objects.create(case=full.case, person=person, role=role, reason="x", **shared)
        reseat(full.case, day=LATER.date())


def _second_places(world: World) -> None:
    """A second group, and someone who works at both schools: lists of one are skipped."""
    school = world.schools["kade"]
    node = Organization.objects.create(
        key="kade-6", kind=OrganizationKind.GROUP, name="6", parent=school.organization
    )
    Group.objects.create(
        organization=node,
        school=school,
        school_year="2026-2027",
        key="G6",
        name="6",
        year_group="6",
    )
    SupportTeamMember.objects.create(
        team=SupportTeam.objects.get(organization=world.organizations["werf"]),
        assignment=assignment_of(world, "nurse-fien"),
        since=YEAR_START,
    )
    reseat_school(school)
    reseat_school(world.schools["werf"])


def _second_factors(world: World) -> None:
    person, keyed = world.people[STRONG], world.people[KEYED]
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    Authenticator.objects.create(
        user=keyed,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Sleutel van Piet", "credential": {}},
    )
    keyed.set_unusable_password()
    keyed.save()


def _asked(world: World, student: str) -> Case:
    case = signaling_case(world, student=student, now=NOW)
    given = {
        "question": "Hoe komt een kind op gang dat niet durft te beginnen?",
        "asked": [assignment_of(world, "education-omar")],
    }
    return act(world, COORDINATOR, ask_consult, case.pk, given=given, now=NOW)


def _agreed(world: World, student: str) -> Case:
    case = _asked(world, student)
    given = {"agreements": [agreement_of(world)]}
    return act(world, COORDINATOR, reach_agreements, case.pk, given=given, now=NOW)


def _laid(world: World, student: str) -> Case:
    case = signaling_case(world, student=student, now=LATER)
    given = {"reason": "Dit houdt al maanden aan.", "is_urgent": True}
    act(world, COORDINATOR, ask_vot_at_once, case.pk, given=given, now=LATER)
    lay(world, case, MeetingKind.VOT, school_table(world), now=LATER)
    return case


def visits(stage: Stage) -> dict[str, tuple[Visit, ...]]:
    """The examples by the name of their address; all of a name are looked at."""
    with as_system("examples"):
        return {
            **_doors(stage),
            **_people(stage),
            **_schools(stage),
            **_quick(stage),
            **_cases(stage),
            **_meetings(stage),
        }


def _doors(stage: Stage) -> dict[str, tuple[Visit, ...]]:
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk
    outside = "account_login account_reset_password demo_mailbox account_reset_password_done"
    own = "logout change_password reauthenticate"
    strong = (
        "mfa_index mfa_deactivate_totp mfa_view_recovery_codes mfa_generate_recovery_codes"
        " mfa_reauthenticate"
    )
    return {
        **{name: (Visit(reverse(name), ""),) for name in outside.split()},
        "account_reset_password_from_key": (Visit("/accounts/password/reset/key/1-geen/", ""),),
        **{f"account_{name}": (Visit(reverse(f"account_{name}")),) for name in own.split()},
        "mfa_list_webauthn": (Visit(reverse("mfa_list_webauthn"), KEYED),),
        "mfa_add_webauthn": (Visit(reverse("mfa_add_webauthn"), "nurse-fien"),),
        "mfa_activate_totp": (Visit(reverse("mfa_activate_totp"), "nurse-fien"),),
        **{name: (Visit(reverse(name), STRONG),) for name in strong.split()},
        "mfa_edit_webauthn": (Visit(reverse("mfa_edit_webauthn", args=[key]), KEYED),),
        "mfa_remove_webauthn": (Visit(reverse("mfa_remove_webauthn", args=[key]), KEYED),),
    }


def _glass(stage: Stage) -> UUID:
    """Someone else's hour, for the directeur to look back on; and an alarm."""
    raise_alarm(AlarmKind.SEATS, "3 plaatsen wijken af bij casus 2026-0001.", now=LATER)
    person = stage.full.world.people["admin-bo"]
    moments = {"asked_at": LATER, "opened_at": LATER, "ends_at": LATER}
    glass = BreakGlass.objects.create(
        person=person,
        role=Role.HEAD,
        dossier=stage.full.case.dossier,
        category=GlassCategory.ENDED_CASE,
        reason="Justitie vraagt om het dossier van deze leerling.",
        review_by=LATER.date(),
        **moments,
    )
    return glass.pk


def _people(stage: Stage) -> dict[str, tuple[Visit, ...]]:
    person = stage.full.world.people["family-sanne"]
    kept = stage.full.world.people["head-kade"]
    return {
        "card-edit": (Visit(reverse("card-edit")),),
        "kin": (Visit(reverse("kin"), TEACHER),),
        "alarms": (Visit(reverse("alarms"), "admin-bo"),),
        "glass-list": (Visit(reverse("glass-list"), "admin-bo"),),
        "glass-ask": (Visit(reverse("glass-ask", args=[stage.full.case.dossier_id]), HEAD),),
        "glass": (Visit(reverse("glass", args=[_glass(stage)]), HEAD),),
        "own-sessions": (Visit(reverse("own-sessions")),),
        "rights": (Visit(reverse("rights"), ADMIN),),
        "rights-review": (Visit(reverse("rights-review"), ADMIN),),
        "rights-person-new": (Visit(reverse("rights-person-new"), ADMIN),),
        "rights-person": (Visit(reverse("rights-person", args=[kept.pk]), ADMIN),),
        "rights-reset": (Visit(reverse("rights-reset", args=[kept.pk]), ADMIN),),
        "rights-task": (Visit(reverse("rights-task", args=[kept.assignments.get().pk]), ADMIN),),
        "phone-register": (Visit(reverse("phone-register")),),
        "person": (Visit(reverse("person", args=[person.pk])),),
    }


def _schools(stage: Stage) -> dict[str, tuple[Visit, ...]]:
    world = stage.full.world
    school, student = world.schools["kade"].pk, world.students["noor"].pk
    run = ImportRun.objects.get(school=school).pk
    places = {
        "school": [school],
        "school-edit": [school],
        "holidays": [school],
        "import": [school],
        "import-run": [school, run],
        "group": [world.groups["kade"].pk],
        "student": [student],
        "student-kin": [student],
        "student-edit": [student],
        "carer-new": [student],
        "carer": [student, world.carers["noor"][0].pk],
    }
    found = {name: (Visit(reverse(name, args=args), HEAD),) for name, args in places.items()}
    return {"schools": (Visit(reverse("schools"), "nurse-fien"),), **found}


def _quick(stage: Stage) -> dict[str, tuple[Visit, ...]]:
    group = stage.full.world.groups["kade"].pk
    signal = Signal.objects.filter(case=None).first()
    everyone = (COORDINATOR, HEAD, TEACHER, "family-sanne", "education-omar")
    consult = Consult.objects.get(case=stage.asked).pk
    return {
        "today": tuple(Visit("/", by) for by in everyone),
        "signals": (Visit(reverse("signals")),),
        "signal-link": (Visit(reverse("signal-link", args=[signal.pk])),),
        "signal-new": (Visit(reverse("signal-new"), TEACHER),),
        "note-new": (Visit(reverse("note-new"), TEACHER),),
        "quick-note": (Visit(reverse("quick-note"), TEACHER),),
        "group-rounds": (Visit(reverse("group-rounds"), HEAD),),
        "group-round": (Visit(reverse("group-round", args=[group]), TEACHER),),
        "consult": (Visit(reverse("consult", args=[consult]), "education-omar"),),
    }


def _cases(stage: Stage) -> dict[str, tuple[Visit, ...]]:
    case = stage.full.pk
    agreement = stage.agreed.agreements.get().pk
    consent = Consent.objects.filter(case=case).earliest("created_at").pk
    names = (
        "case viewers looked documents case-meetings plan plan-edit lead consent facilities absence"
    )
    ground = AbsenceGround.objects.get(case=case).pk
    return {
        **{name: (Visit(reverse(name, args=[case])),) for name in names.split()},
        "cases": (Visit("/casussen/"), Visit("/casussen/?vorm=bord")),
        "absences": (Visit(reverse("absences"), KEYED),),
        "oversight": (Visit(reverse("oversight"), OFFICER),),
        "absence-officer": (Visit(reverse("absence-officer", args=[ground]), KEYED),),
        "case-step": tuple(_steps(stage)),
        "agreement-evaluate": (Visit(reverse("agreement-evaluate", args=[agreement])),),
        "consent-answer": (Visit(reverse("consent-answer", args=[consent])),),
        "table": (
            Visit(reverse("table", args=[stage.laid.pk, "VOT"]), HEAD),
            Visit(reverse("table", args=[case, "OT"])),
        ),
    }


def _steps(stage: Stage):
    early = {"T-06": stage.asked, "T-11": stage.laid, "T-12": stage.laid, "T-13": stage.held}
    for code in STEP_PAGES:
        case = early.get(code, stage.full.case)
        by = HEAD if code in HEAD_STEPS else COORDINATOR
        yield Visit(reverse("case-step", args=[case.pk, code]), by)


def _meetings(stage: Stage) -> dict[str, tuple[Visit, ...]]:
    item = current(stage.held, MeetingKind.VOT)
    draft, final = current(stage.laid, MeetingKind.VOT), current(stage.full.case, MeetingKind.OT)
    own = [item.session_id, item.pk]
    names = "meeting meeting-held meeting-minutes meeting-contribution meeting-sheet"
    return {
        "sessions": (Visit(reverse("sessions"), HEAD),),
        "session": (Visit(reverse("session", args=[draft.session_id]), HEAD),),
        **{name: (Visit(reverse(name, args=own)),) for name in names.split()},
        "meeting": (
            Visit(reverse("meeting", args=own), HEAD),
            Visit(reverse("meeting", args=[final.session_id, final.pk]), HEAD),
        ),
    }


# Addresses of the sign-in library that are no pages: name, arguments, answer.
AT_THE_DOOR: tuple[tuple[str, list[str], int], ...] = (
    # Not offered: the school's administration keeps addresses.
    ("account_email", [], 404),
    ("account_email_verification_sent", [], 404),
    ("account_confirm_email", ["geen"], 404),
    ("account_confirm_login_code", [], 404),
    ("account_set_password", [], 404),
    ("account_signup", [], 404),
    ("account_inactive", [], 404),
    ("account_reset_password_from_key_done", [], 404),
    # No organization has a provider here.
    ("account_provider", ["geen"], 404),
    ("account_provider_back", ["geen"], 404),
    ("mfa_login_webauthn", [], 302),
    ("mfa_download_recovery_codes", [], 200),
    # Seen on the way in, in test_doors.py; this asker has no key.
    ("mfa_reauthenticate_webauthn", [], 302),
    ("mfa_authenticate", [], 302),
)


def otherwise(stage: Stage) -> dict[str, tuple[Visit, int]]:
    """The addresses that are no pages, and how they answer when someone goes there."""
    nothing, item = uuid4(), current(stage.held, MeetingKind.VOT)
    by = {
        "rights-decide": HEAD,
        "session-convene": HEAD,
        "meeting-final": HEAD,
        "mfa_download_recovery_codes": STRONG,
    }
    by |= OF_OTHERS
    return {
        name: (Visit(reverse(name, args=args), by.get(name, COORDINATOR)), status)
        for name, args, status in (
            ("draft", ["bestaat/niet"], 204),
            ("agreement-accept", [nothing], 405),
            ("consent-draft", [nothing], 405),
            ("consent-remind", [nothing], 405),
            ("consent-scan", [nothing], 404),
            ("lead-answer", [stage.full.pk], 405),
            ("looked-watch", [stage.full.pk], 405),
            ("oversight-answer", [nothing], 403),
            ("session-convene", [nothing], 405),
            ("meeting-final", [nothing, nothing], 405),
            ("holiday-remove", [nothing, nothing], 405),
            ("custody-confirm", [nothing, nothing], 405),
            ("tie-end", [nothing], 405),
            *((name, [nothing], 405) for name in ("alarm-seen", "glass-approve", "glass-review")),
            ("glass-find", [], 404),
            ("role-switch", [], 405),
            ("csp-report", [], 405),
            ("rights-decide", [nothing], 404),
            ("confirm", [], 302),
            ("kept", [nothing], 404),
            ("sessions-end", [], 405),
            ("session-end", [nothing], 405),
            ("session-left", [], 200),
            ("session-stay", [], 405),
            ("phone-revoke", [nothing], 405),
            ("demo_confirm", [], 404),
            # The test client comes from a strange host.
            ("demo_sign_in", [], 404),
            *AT_THE_DOOR,
            # Files, and addresses that only send on.
            ("document", [nothing], 404),
            ("meeting-calendar", [item.session_id, item.pk], 200),
        )
    }

"""What may happen when: the transitions of a case as data, and nothing else (domain.md 6).

R-6.1: no other transition exists. T-20, T-21, T-24, T-28 to T-30 and T-33 come with the
objects that they are about.
"""

from cases.enums import OPEN_STATES
from cases.enums import CaseState as S
from cases.workflow.guards import early, late
from cases.workflow.guards import table as seated
from cases.workflow.steps import Step, Transition, Who
from teams.enums import Compartment, Relation, Role

IB = Who(Relation.SCHOOL, Role.SUPPORT_COORDINATOR)
HEAD = Who(Relation.SCHOOL, Role.HEAD)
TEACHER = Who(Relation.GROUP, Role.TEACHER)
PEDAGOGICAL = Who(Relation.GROUP, Role.PEDAGOGICAL_STAFF)
FAMILY = Who(Relation.PARTICIPANT, Role.FAMILY_SPECIALIST)
ASKED = Who(Relation.ASKED)
LEAD = Who(Relation.LEAD)
K2 = Compartment.SHARED_PLAN


def _back(step: Step) -> S:
    return S(step.case.previous_state)


def _exception(step: Step) -> S:
    return S.AGREEMENTS if step.get("goes_on") else S.CLOSED


def _states(*states: S) -> frozenset[S]:
    return frozenset(states)


_CONVENING = (
    seated.mandate_is_recorded,
    seated.table_is_laid,
    seated.date_lies_ahead,
    seated.each_professional_has_a_reason,
    seated.attendance_officer_has_a_ground,
    seated.outsiders_are_covered,
)

# fmt: off
_ROWS = (
    Transition("T-01", "Signaal noteren", _states(), S.SIGNALING, (TEACHER, PEDAGOGICAL, IB)),
    Transition("T-02", "Gesprek vastleggen", _states(S.SIGNALING), S.SIGNALING,
        (TEACHER, PEDAGOGICAL, IB, FAMILY), asks=(early.talk_is_content_or_reason,),
        explanation="Praat vroeg met ouders en leerling, of schrijf op waarom nog niet."),
    Transition("T-03", "Afronden: het signaal is vervallen", _states(S.SIGNALING), S.CLOSED, (IB,),
        asks=(early.reason_is_given, early.carers_are_told), explanation="De zorg is voorbij."),
    Transition("T-04", "Collegiaal consult vragen", _states(S.SIGNALING), S.CONSULTING,
        (TEACHER, PEDAGOGICAL, IB), facts=(early.talk_or_reason_is_recorded,),
        asks=(early.question_is_asked_of_someone, early.question_names_nobody_without_consent),
        explanation="Leg de vraag kort voor aan een of twee collega’s."),
    Transition("T-05", "Uitkomst 1: niets meer aan de hand", _states(S.CONSULTING), S.CLOSED, (IB,),
        facts=(early.consult_is_open,),
        asks=(early.outcome_is_motivated, early.highest_outcome_wins, early.carers_are_told),
        explanation="Rond af naar tevredenheid."),
    Transition("T-06", "Uitkomst 2: afspraken maken", _states(S.CONSULTING), S.AGREEMENTS,
        (IB, TEACHER, PEDAGOGICAL, ASKED), facts=(early.consult_is_open,),
        asks=(early.highest_outcome_wins, early.agreements_are_complete, early.evaluation_is_within_term),
        explanation="Wie doet wat, wat is nodig en wat levert het op."),
    Transition("T-07", "Uitkomst 3: er is echt meer nodig", _states(S.CONSULTING), S.VOT_REQUESTED,
        (IB, TEACHER, PEDAGOGICAL, ASKED), facts=(early.consult_is_open,), asks=(early.outcome_is_motivated,),
        explanation="De directeur roept snel een VOT bijeen."),
    Transition("T-08", "Afronden: de afspraken hielpen", _states(S.AGREEMENTS), S.CLOSED, (IB,),
        facts=(early.agreements_are_sufficient,), explanation="Alle afspraken zijn voldoende."),
    Transition("T-09", "VOT vragen", _states(S.AGREEMENTS), S.VOT_REQUESTED, (TEACHER, IB),
        asks=(early.grounds_are_named,), explanation="Wat is afgesproken geeft niet genoeg resultaat."),
    Transition("T-10", "Meteen een VOT vragen", _states(S.SIGNALING), S.VOT_REQUESTED, (TEACHER, IB),
        asks=(early.grounds_are_named,), explanation="Praten gaf te weinig, of het is ingewikkeld en houdt aan."),
    Transition("T-11", "VOT bijeenroepen", _states(S.VOT_REQUESTED), S.VOT, (HEAD,),
        facts=(*_CONVENING, seated.vot_is_within_school), asks=(seated.table_is_small_or_explained,),
        explanation="De tafel ligt klaar; de uitnodigingen gaan meteen weg."),
    Transition("T-12", "VOT niet nodig", _states(S.VOT_REQUESTED), _back, (HEAD,),
        facts=(seated.vot_is_voluntary,), asks=(early.reason_is_given, seated.requester_agrees),
        explanation="Alleen bij een vrijwillig VOT, in overleg met de aanvrager."),
    Transition("T-13", "Door naar het OT", _states(S.VOT), S.OT_PREPARING, (IB, HEAD),
        facts=(late.vot_report_is_final,), explanation="Ouders en leerling worden uitgenodigd."),
    Transition("T-14", "Geen OT nodig", _states(S.VOT), _exception, (HEAD,),
        asks=(early.reason_is_given, late.carers_are_spoken),
        explanation="Uitzondering: de zorg is voorbij of de leerling vertrekt."),
    Transition("T-15", "OT bijeenroepen", _states(S.OT_PREPARING), S.OT, (HEAD,),
        facts=(seated.carers_are_known, *_CONVENING, seated.parents_are_invited,
               seated.student_is_invited_or_chose),
        asks=(seated.table_is_small_or_explained,), compartment=K2,
        explanation="Ouders, leerling en wie echt nodig is krijgen een uitnodiging."),
    Transition("T-16", "Plan van de school starten", _states(S.OT), S.RUNNING, (HEAD,),
        facts=(late.ot_report_is_final, late.parents_were_there_or_invited_twice,
               late.school_support_suffices, late.plan_has_goals, late.measures_are_accepted,
               late.plan_is_monitored, late.lead_is_accepted),
        compartment=K2, explanation="De ondersteuning van school volstaat."),
    Transition("T-17", "Nieuw OT plannen", _states(S.OT), S.OT_PREPARING, (HEAD,),
        asks=(early.reason_is_given,), compartment=K2,
        explanation="Er is meer informatie nodig, of iemand ontbrak."),
    Transition("T-18", "Aanvullende ondersteuning afwegen", _states(S.OT), S.WEIGHING, (IB, HEAD),
        facts=(late.ot_is_held, late.more_support_is_needed), compartment=K2,
        explanation="De ondersteuning van school volstaat niet."),
    Transition("T-19", "Afronden na het OT", _states(S.OT), S.CLOSED, (HEAD,),
        facts=(late.ot_is_held,), asks=(early.reason_is_given, late.carers_agree), compartment=K2,
        explanation="Er is niets meer nodig en ouders zijn het ermee eens."),
    Transition("T-22", "Starten met een voorliggende voorziening", _states(S.WEIGHING), S.RUNNING,
        (IB, FAMILY), facts=(late.facility_fits, late.plan_is_monitored, late.lead_is_accepted),
        asks=(late.carers_agree,), compartment=K2, explanation="Vrij toegankelijke hulp past."),
    Transition("T-23", "Terug naar het OT", _states(S.WEIGHING), S.OT_PREPARING, (IB,),
        asks=(early.reason_is_given,), compartment=K2,
        explanation="Geen toestemming, alles afgewezen, of er is iets nieuws."),
    Transition("T-25", "Evalueren", _states(S.RUNNING), S.RUNNING, (LEAD,), compartment=K2,
        asks=(late.every_goal_is_evaluated, late.evaluation_was_held_with_parents,
              late.next_evaluation_is_set),
        explanation="Samen met ouders, en de leerling, per doel."),
    Transition("T-26", "Terug naar het OT", _states(S.RUNNING), S.OT_PREPARING, (LEAD, IB),
        facts=(late.evaluation_asks_for_ot,), compartment=K2,
        explanation="Het is niet genoeg, of de vraag is veranderd. Een nieuw VOT is niet nodig."),
    Transition("T-27", "Afronden", _states(S.RUNNING), S.CLOSED, (HEAD,),
        facts=(late.lead_proposes_to_finish, late.nothing_runs), compartment=K2,
        explanation="De doelen zijn geëvalueerd met ouders."),
    Transition("T-31", "Overdragen aan een andere school", frozenset(OPEN_STATES), S.TRANSFERRED, (IB,),
        facts=(late.handover_is_consented,),
        asks=(late.student_moved, late.handover_goes_where_consented, early.carers_are_told),
        compartment=K2, explanation="De leerling gaat naar een andere school."),
    Transition("T-32", "Heropenen", _states(S.CLOSED), S.SIGNALING, (IB,),
        facts=(late.student_is_still_here, early.no_other_case_is_open), asks=(early.reason_is_given,),
        explanation="Er is een nieuw signaal."),
)
# fmt: on

ROUTE: dict[str, Transition] = {row.code: row for row in _ROWS}

"""How long a station usually takes: the median of what the region's schools did before."""

from uuid import UUID

from django.core.cache import cache
from django.db import connection

from cases.enums import CaseState
from teams.access.fence import beyond_seats

# Until enough cases passed a station, in school days [P].
DEFAULT_SCHOOL_DAYS: dict[str, int] = {
    CaseState.SIGNALING: 10,
    CaseState.CONSULTING: 5,
    CaseState.AGREEMENTS: 20,
    CaseState.VOT_REQUESTED: 5,
    CaseState.VOT: 8,
    CaseState.OT_PREPARING: 8,
    CaseState.OT: 10,
    CaseState.WEIGHING: 15,
    CaseState.RUNNING: 60,
}
ENOUGH_PASSAGES = 5
REMEMBER_SECONDS = 24 * 60 * 60
# Counts and durations over all schools of one SWV; nobody can be recognized in a median of five.
_MEDIANS = """
    SELECT from_state, percentile_cont(0.5) WITHIN GROUP (ORDER BY days) FROM (
        SELECT step.from_state, step.case_id, step.created_at::date
               - lag(step.created_at::date) OVER (PARTITION BY step.case_id ORDER BY step.position)
               AS days
        FROM cases_casetransition step
        JOIN cases_case c ON c.id = step.case_id
        JOIN schools_school s ON s.id = c.school_id
        WHERE s.swv_id = %s AND (step.from_state <> step.to_state)
    ) passages
    WHERE days IS NOT NULL GROUP BY from_state HAVING count(*) >= %s
"""


@beyond_seats("figures without persons")
def usual_school_days(swv_id: UUID | None) -> dict[str, int]:
    """Median school days per state for the schools of this SWV, computed once a day.

    Shape:  every open state; the default table where fewer than five cases passed.
    """
    key = f"usual-pace:{swv_id}"
    medians = cache.get(key)
    if medians is None:
        with connection.cursor() as cursor:
            cursor.execute(_MEDIANS, [swv_id, ENOUGH_PASSAGES])
            found = dict(cursor.fetchall())
        # Five school days in a week of seven days.
        medians = {state: max(1, round(float(days) * 5 / 7)) for state, days in found.items()}
        cache.set(key, medians, REMEMBER_SECONDS)
    return {**DEFAULT_SCHOOL_DAYS, **medians}

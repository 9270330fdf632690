"""How long being signed in lasts, and how much may be opened before it must be shown again.

Source: access.md 2.8 and A-8; figures, and nothing that branches.
"""

from datetime import timedelta

# After this long without a request a session is over, and this long before that it warns.
IDLE = timedelta(minutes=15)
WARN_BEFORE = timedelta(minutes=2)
# However busy, no session lasts longer than a working day.
WHOLE = timedelta(hours=8)
# A session notes that it was seen at most this often; so it ends that much early, never late.
SEEN_EVERY = timedelta(seconds=10)
# How long a re-authentication counts for what asks one.
STEP_UP = timedelta(minutes=10)
# The write-only session of a registered phone.
QUICK = timedelta(minutes=5)
# Different cases in an hour, and different documents, before it must be shown again.
COUNTED = timedelta(hours=1)
MOST_AN_HOUR = {"case": 30, "document": 1}
# What was typed just too late is kept this long.
KEPT = timedelta(days=1)
# Counts of what browsers reported.
REPORTS_KEPT = timedelta(days=365)

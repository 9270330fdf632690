"""Links for a new password: half an hour by the real clock, also in the night that the clocks change."""

from datetime import UTC, datetime

from django.contrib.auth.tokens import PasswordResetTokenGenerator


class ResetTokens(PasswordResetTokenGenerator):
    """Django's tokens, counted in universal time; they end with the password and the address."""

    def _now(self) -> datetime:
        return datetime.now(UTC).replace(tzinfo=None)


reset_tokens = ResetTokens()

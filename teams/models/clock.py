"""The demo clock's offset, one row that every process obeys."""

from datetime import timedelta

from django.db import models


class ClockOffset(models.Model):
    """How far the demo's clock stands from the real one; empty outside the demo."""

    offset = models.DurationField("verschil", default=timedelta(0))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="clock_one_row")]

    def __str__(self) -> str:
        return str(self.offset)

    @classmethod
    def current(cls) -> timedelta:
        """Read the offset; zero when none was set."""
        return cls.objects.values_list("offset", flat=True).first() or timedelta(0)

"""What every row of ours has in common."""

from uuid import uuid4

from django.db import models


class Row(models.Model):
    """A row with a random key: an id is never guessable, and still never a right."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True


class DatedQuerySet(models.QuerySet):
    """Rows that hold from one day until, and not including, another."""

    def on(self, day):
        """Keep the rows that hold on `day` (R-2.1: from <= day < until)."""
        return self.filter(models.Q(until__isnull=True) | models.Q(until__gt=day), since__lte=day)


class DatedRow(Row):
    """A row that holds from `since` until, and not including, `until`."""

    since = models.DateField("vanaf")
    until = models.DateField("tot", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def holds_on(self, day) -> bool:
        """Tell whether this row holds on `day`."""
        return self.since <= day and (self.until is None or day < self.until)

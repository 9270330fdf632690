"""Mails about break-glass: one line and a link, at once; no name, no dossier."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from teams import postbox
from teams.glass.actions import GLASS_OPENED, GLASS_WAITS
from teams.models import OutboxEntry, User
from teams.outbox import handles

LINES = {
    GLASS_OPENED: "Er is noodtoegang gebruikt. Kijk binnen vijf werkdagen na of dat terecht was.",
    GLASS_WAITS: "Een collega vraagt noodtoegang en wacht op een tweede persoon.",
}


def deliver(entry: OutboxEntry, now: datetime) -> None:
    """Send one line to one person. Errors: TryLater, GiveUp as the mail server says."""
    person = User.objects.filter(pk=entry.recipient_id, is_active=True).first()
    if person is None:
        return
    url = settings.SITE_ADDRESS + reverse("glass", args=[entry.subject_id])
    mail = EmailMessage(
        subject="Noodtoegang",
        body=render_to_string("components/mail.txt", {"line": LINES[entry.kind], "url": url}),
        to=[person.email],
        headers=postbox.headers(entry.pk, now),
    )
    postbox.send(mail)


for kind in LINES:
    handles(kind)(deliver)

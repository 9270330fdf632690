"""Mails about an account: a link for a new password, and word of every change at the door.

Both leave by the outbox, so that a page answers the same, and as fast, for an address that
nobody has (A-6).
"""

from datetime import datetime
from uuid import UUID, uuid4

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from teams import postbox
from teams.door.tokens import reset_tokens
from teams.models import OutboxEntry, User
from teams.outbox import enqueue, handles

RESET = "account-reset"
# What happened, by the library's name of its own mail, and the sentence the owner reads.
CHANGES = {
    "account/email/password_reset": ("account-password-reset", "Uw wachtwoord is opnieuw gekozen."),
    "account/email/password_changed": ("account-password", "Uw wachtwoord is gewijzigd."),
    "mfa/email/totp_activated": ("account-app-on", "Er is een app met codes toegevoegd."),
    "mfa/email/totp_deactivated": ("account-app-off", "De app met codes is weggehaald."),
    "mfa/email/webauthn_added": ("account-passkey-on", "Er is een passkey toegevoegd."),
    "mfa/email/webauthn_removed": ("account-passkey-off", "Er is een passkey weggehaald."),
    "mfa/email/factor_reset": (
        "account-factor-reset",
        "Twee collega’s hebben uw tweede stap weggehaald. U kiest een nieuwe bij het aanmelden.",
    ),
    "mfa/email/recovery_codes_generated": (
        "account-codes",
        "Er zijn nieuwe herstelcodes gemaakt; de oude werken niet meer.",
    ),
}
_SENTENCES = dict(CHANGES.values())


def ask_reset(email: str, *, now: datetime) -> None:
    """Ask for a link, whether or not anyone has this address; the worker finds out."""
    person = User.objects.filter(
        email__iexact=email.strip(), is_active=True, is_contact_only=False
    ).first()
    subject: UUID = person.pk if person else uuid4()
    enqueue(RESET, subject, recipient_id=subject, now=now)


def tell_owner(change: str, person: User, *, now: datetime) -> None:
    """Tell someone what changed at the door of their account."""
    kind, _sentence = CHANGES[change]
    enqueue(kind, person.pk, recipient_id=person.pk, now=now)


@handles(RESET)
def send_reset(entry: OutboxEntry, now: datetime) -> None:
    """Send the link; it works once, for half an hour, and leads to our own address only."""
    person = User.objects.filter(pk=entry.subject_id, is_active=True).first()
    if person is None:
        return
    path = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(person),
            "key": reset_tokens.make_token(person),
        },
    )
    url = settings.SITE_ADDRESS + path
    _send(entry, now, person, "Een nieuw wachtwoord kiezen", "account/mail/reset.txt", {"url": url})


def send_change(entry: OutboxEntry, now: datetime) -> None:
    """Send word of a change, with the way to undo what someone else did."""
    person = User.objects.filter(pk=entry.subject_id).first()
    if person is None:
        return
    context = {
        "sentence": _SENTENCES[entry.kind],
        "at": entry.created_at,
        "url": settings.SITE_ADDRESS + reverse("account_reset_password"),
    }
    subject = "Er is iets gewijzigd aan uw account"
    _send(entry, now, person, subject, "account/mail/changed.txt", context)


for _kind in _SENTENCES:
    handles(_kind)(send_change)


def _send(
    entry: OutboxEntry, now: datetime, person: User, subject: str, template: str, context: dict
) -> None:
    postbox.send(
        EmailMessage(
            subject=subject,
            body=render_to_string(template, context),
            to=[person.email],
            headers=postbox.headers(entry.pk, now),
        )
    )

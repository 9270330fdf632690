"""Handing a mail to the mail server, and what a refusal means for the outbox."""

import smtplib
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

from teams.outbox import GiveUp, TryLater

PERMANENT = 500


def headers(key: UUID, now: datetime) -> dict[str, str]:
    """Headers of every mail: one accepted just before its worker died goes again under the same id."""
    host = urlsplit(settings.SITE_ADDRESS).hostname
    return {
        "Message-ID": f"<{key}@{host}>",
        "Date": format_datetime(now),
        "Auto-Submitted": "auto-generated",
    }


def send(mail: EmailMessage) -> None:
    """Hand a mail to the mail server.

    Errors: TryLater when it refuses for now or does not answer; GiveUp when it refuses for good.
    """
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()]
        raise (GiveUp if min(codes, default=0) >= PERMANENT else TryLater) from refusal
    except smtplib.SMTPResponseException as refusal:
        raise (GiveUp if refusal.smtp_code >= PERMANENT else TryLater) from refusal
    except OSError as error:
        raise TryLater from error

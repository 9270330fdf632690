"""Signing in by an organization's own OpenID Connect provider: it says who someone is, never what they may.

Authorization code with PKCE; the answer must be signed by the provider, meant for us, and made
for this very browser (state and nonce). Nothing of it is kept, and no claim about roles is read.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import jwt
import requests
from django.db.models import Q

from teams.models import Assignment, IdentityProvider, Organization, User

PATIENCE_SECONDS = 5
# Never a symmetric one, and never none.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
CLOCK_SKEW_SECONDS = 60
# Ways of the provider that are more than a password (RFC 8176).
SECOND_FACTORS = frozenset({"mfa", "otp", "hwk"})


class NotVouchedFor(Exception):
    """The provider's answer does not hold; the reason is for the log, never for the page."""


@dataclass(frozen=True)
class Question:
    """What this browser asked, kept in its session until the answer comes."""

    provider: str
    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls, provider: IdentityProvider) -> "Question":
        """A question that nobody can guess."""
        return cls(
            provider.key,
            secrets.token_urlsafe(32),
            secrets.token_urlsafe(32),
            secrets.token_urlsafe(48),
        )

    def kept(self) -> dict[str, str]:
        """As a session keeps it."""
        return asdict(self)


@dataclass(frozen=True)
class Answer:
    """What the provider vouches for: an address, and whether it asked for more than a password."""

    email: str
    has_second_factor: bool


def ask_at(provider: IdentityProvider, question: Question, *, back: str) -> str:
    """Give the provider's address to send the browser to. Errors: NotVouchedFor."""
    digest = hashlib.sha256(question.verifier.encode()).digest()
    query = {
        "response_type": "code",
        "scope": "openid email",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "state": question.state,
        "nonce": question.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"{_configuration(provider)['authorization_endpoint']}?{urlencode(query)}"


def hear(
    provider: IdentityProvider,
    question: Question,
    given: Mapping[str, str],
    *,
    back: str,
    secret: str,
) -> Answer:
    """Turn what came back into an answer that holds. Errors: NotVouchedFor."""
    is_ours = secrets.compare_digest(given.get("state", "").encode(), question.state.encode())
    if question.provider != provider.key or not is_ours or not given.get("code"):
        raise NotVouchedFor("state")
    configuration = _configuration(provider)
    form = {
        "grant_type": "authorization_code",
        "code": given["code"],
        "redirect_uri": back,
        "client_id": provider.client_id,
        "client_secret": secret,
        "code_verifier": question.verifier,
    }
    token = _fetch(configuration["token_endpoint"], form).get("id_token")
    claims = _read(provider, str(token), _fetch(configuration["jwks_uri"]))
    if not secrets.compare_digest(str(claims["nonce"]).encode(), question.nonce.encode()):
        raise NotVouchedFor("nonce")
    if claims.get("email_verified") is not True or not isinstance(claims.get("email"), str):
        raise NotVouchedFor("email")
    ways = claims.get("amr") or []
    is_strong = isinstance(ways, list) and not SECOND_FACTORS.isdisjoint(ways)
    return Answer(claims["email"], provider.counts_as_second_factor and is_strong)


def person_for(provider: IdentityProvider, answer: Answer, *, day: date) -> User:
    """Find the account that the provider may vouch for: one of its organization's own people.

    Who is employed elsewhere, or also works elsewhere, signs in otherwise: no organization opens
    the house of another. Errors: NotVouchedFor, also when nobody has this address.
    """
    person = User.objects.filter(
        email__iexact=answer.email, is_active=True, is_contact_only=False
    ).first()
    if person is None:
        raise NotVouchedFor("unknown")
    mine = Q(person=person) | Q(deputy=person, deputy_since__lte=day, deputy_until__gt=day)
    places = set(Assignment.objects.on(day).filter(mine).values_list("organization_id", flat=True))
    if person.employer_id:
        places.add(person.employer_id)
    if not places or not places <= _tree(provider.organization_id):
        raise NotVouchedFor("elsewhere")
    return person


def _tree(root: UUID) -> set[UUID]:
    """An organization and everything under it: a board, its schools, their groups."""
    found, level = {root}, {root}
    while level:
        level = set(
            Organization.objects.filter(parent__in=level)
            .exclude(pk__in=found)
            .values_list("pk", flat=True)
        )
        found |= level
    return found


def _configuration(provider: IdentityProvider) -> dict[str, Any]:
    issuer = provider.issuer.rstrip("/")
    found = _fetch(f"{issuer}/.well-known/openid-configuration")
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if str(found.get("issuer", "")).rstrip("/") != issuer:
        raise NotVouchedFor("issuer")
    if not all(_is_private(str(found.get(name, ""))) for name in wanted):
        raise NotVouchedFor("configuration")
    return found


def _is_private(address: str) -> bool:
    """Over TLS, or within this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1"}
    )


def _fetch(address: str, form: dict[str, str] | None = None) -> dict[str, Any]:
    if not _is_private(address):
        raise NotVouchedFor("address")
    try:
        answer = requests.request(
            "POST" if form else "GET",
            address,
            data=form,
            timeout=PATIENCE_SECONDS,
            allow_redirects=False,
        )
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise NotVouchedFor("unreachable") from error
    if not isinstance(found, dict):
        raise NotVouchedFor("shape")
    return found


def _read(provider: IdentityProvider, token: str, keys: dict[str, Any]) -> dict[str, Any]:
    try:
        named = jwt.get_unverified_header(token).get("kid")
        found = [key for key in jwt.PyJWKSet.from_dict(keys).keys if key.key_id == named]
        claims: dict[str, Any] = jwt.decode(
            token,
            key=found[0],
            algorithms=ALGORITHMS,
            audience=provider.client_id,
            issuer=[provider.issuer, provider.issuer.rstrip("/"), f"{provider.issuer}/"],
            leeway=CLOCK_SKEW_SECONDS,
            options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
        )
    except (jwt.PyJWTError, IndexError) as error:
        raise NotVouchedFor("token") from error
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise NotVouchedFor("azp")
    return claims

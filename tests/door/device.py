"""A device that makes and shows passkeys, and can lie about where it is; what it signs is real."""

import json
import os
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.http import HttpResponse
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

HOST = "localhost"
ORIGIN = "http://localhost"
ADD = "/accounts/2fa/webauthn/add/"
ALONE = "/accounts/2fa/webauthn/login/"
FLAGS = AuthenticatorData.FLAG


class Device:
    """One passkey of one person."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = os.urandom(16)
        self.counter = 0
        self.user_handle = ""

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """Make a passkey as a page asks for it."""
        asked = options["publicKey"]
        self.user_handle = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AttestedCredentialData.create(b"\0" * 16, self.credential_id, public)
        where = sha256(asked["rp"]["id"].encode()).digest()
        flags = FLAGS.UP | FLAGS.UV | FLAGS.AT
        about = AuthenticatorData.create(where, flags, self.counter, data)
        said = _said(CollectedClientData.TYPE.CREATE, asked["challenge"], ORIGIN)
        response = {
            "clientDataJSON": websafe_encode(said),
            "attestationObject": websafe_encode(AttestationObject.create("none", about, {})),
        }
        return self._whole(response, {"credProps": {"rk": True}})

    def show(
        self,
        options: dict[str, Any],
        *,
        origin: str = ORIGIN,
        rp: str = HOST,
        is_verified: bool = True,
        counter: int | None = None,
    ) -> dict[str, Any]:
        """Show the passkey to a page that asks."""
        self.counter = self.counter + 1 if counter is None else counter
        flags = FLAGS.UP | (FLAGS.UV if is_verified else FLAGS(0))
        about = AuthenticatorData.create(sha256(rp.encode()).digest(), flags, self.counter)
        said = _said(CollectedClientData.TYPE.GET, options["publicKey"]["challenge"], origin)
        signed = self.key.sign(bytes(about) + sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(said),
            "authenticatorData": websafe_encode(about),
            "signature": websafe_encode(signed),
            "userHandle": self.user_handle,
        }
        return self._whole(response, {})

    def _whole(self, response: dict[str, str], extensions: dict[str, Any]) -> dict[str, Any]:
        name = websafe_encode(self.credential_id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": extensions,
        }


def _said(kind: str, challenge: str, origin: str) -> bytes:
    return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()


def enroll(client: Client, device: Device, name: str = "Telefoon") -> HttpResponse:
    """Make a passkey in a session that signed in just now."""
    options = client.get(ADD, HTTP_HOST=HOST).context["js_data"]["creation_options"]
    given = {"name": name, "credential": json.dumps(device.make(options))}
    return client.post(ADD, given, HTTP_HOST=HOST)


def asked(client: Client) -> dict[str, Any]:
    """What the door asks of a passkey."""
    answer = client.get(ALONE, HTTP_HOST=HOST, HTTP_ACCEPT="application/json")
    return dict(answer.json()["request_options"])


def send(client: Client, shown: dict[str, Any]) -> HttpResponse:
    """Send what a passkey showed."""
    return client.post(ALONE, {"credential": json.dumps(shown)}, HTTP_HOST=HOST)

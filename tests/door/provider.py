"""A small OpenID Connect provider on this machine, which can also lie in every way that matters."""

import base64
import hashlib
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.management import call_command
from jwt.algorithms import RSAAlgorithm

CLIENT = "route"
SECRET = "geheim van de dienst"


@dataclass
class Provider:
    """Who it says has signed in, and what it changes in its answer."""

    email: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    # What it says of itself; and a key that it does not publish.
    configuration: dict[str, Any] = field(default_factory=dict)
    signs_with_another_key: bool = False
    algorithm: str = "RS256"
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.other_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop answering."""
        self.server.shutdown()
        self.server.server_close()

    def authorize(self, address: str) -> dict[str, str]:
        """Let its own user sign in there. Gives the parameters to come back with."""
        asked = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def answer(self, path: str, form: dict[str, str]) -> dict[str, Any] | None:
        """What it says at one address; nothing for a wrong question."""
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                **self.configuration,
            }
        if path == "/keys":
            public = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
            return {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}
        asked = self.codes.pop(form.get("code", ""), None)
        if path != "/token" or asked is None or form.get("client_secret") != SECRET:
            return None
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return None
        return {"token_type": "Bearer", "access_token": "x", "id_token": self._token(asked)}

    def _token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "1234",
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "email": self.email,
            "email_verified": True,
            # Read by nobody.
            "roles": ["HEAD", "admin"],
            "groups": ["directie"],
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm == "none":
            return jwt.encode(claims, "", algorithm="none", headers={"kid": "one"})
        if self.algorithm == "HS256":
            return jwt.encode(claims, SECRET, algorithm="HS256", headers={"kid": "one"})
        key = self.other_key if self.signs_with_another_key else self.key
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": "one"})


def set_up(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it the board's own provider, by the command that a deployment uses."""
    monkeypatch.setenv("STROOM_SECRET", SECRET)
    call_command(
        "identity_provider",
        "stroom",
        organization="board",
        name="Stichting Stroom",
        issuer=provider.issuer,
        client_id=CLIENT,
        secret_variable="STROOM_SECRET",
    )


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if urlsplit(self.path).path == "/authorize":
                self._send_back()
            else:
                self._say({})

        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            fields = parse_qs(self.rfile.read(size).decode())
            self._say({name: value[0] for name, value in fields.items()})

        def _send_back(self) -> None:
            """Let a real browser's user sign in at once, and go back to who asked."""
            provider.asked.append("/authorize")
            given = provider.authorize(self.path)
            back = provider.codes[given["code"]]["redirect_uri"]
            self.send_response(302)
            self.send_header("Location", f"{back}?{urlencode(given)}")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _say(self, form: dict[str, str]) -> None:
            found = provider.answer(urlsplit(self.path).path, form)
            body = json.dumps(found or {"error": "invalid_request"}).encode()
            self.send_response(200 if found else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            return

    return Handler

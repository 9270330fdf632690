"""Text that nobody reads in a table: sealed with a key that follows from the secret of the house."""

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def seal(value: Any) -> bytes:
    """Seal one value that JSON can hold."""
    return _boxes()[0].encrypt(json.dumps(value).encode())


def unseal(sealed: bytes | memoryview) -> Any:
    """Open what was sealed. Shape: none when no key of this house fits."""
    for box in _boxes():
        try:
            return json.loads(box.decrypt(bytes(sealed)))
        except InvalidToken:
            continue
    return None


def _boxes() -> list[Fernet]:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [Fernet(_key(str(key))) for key in keys]


def _key(secret: str) -> bytes:
    # A key of its own: what seals text never signs a cookie.
    digest = hashlib.sha256(b"sealed text:" + secret.encode()).digest()
    return base64.urlsafe_b64encode(digest)

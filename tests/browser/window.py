"""Someone at a window of a browser: signs in, reads, clicks and types, and hears what breaks."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, CDPSession, Locator, Page

from teams.models import User

PATIENCE_MS = 30_000
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
PASSWORD = "een lang wachtwoord"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class KeyRing:
    """The passkeys on the device of one window."""

    chromium: CDPSession
    device: str

    def keys(self) -> list[dict[str, Any]]:
        """What it holds, private keys included."""
        answer = self.chromium.send("WebAuthn.getCredentials", {"authenticatorId": self.device})
        return list(answer["credentials"])

    def put(self, key: dict[str, Any]) -> None:
        """Put a key on it, in place of the one with the same id."""
        where = {"authenticatorId": self.device}
        if any(held["credentialId"] == key["credentialId"] for held in self.keys()):
            self.chromium.send(
                "WebAuthn.removeCredential", {**where, "credentialId": key["credentialId"]}
            )
        self.chromium.send("WebAuthn.addCredential", {**where, "credential": key})


@dataclass
class Window:
    """One browser window of one person; `complaints` are errors of scripts, styles and loading."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def open(self, path: str) -> int:
        """Go to an address of the product. Gives the status of the answer."""
        answer = self.page.goto(self.address + path)
        return answer.status if answer else 0

    def click(self, name: str, role: Any = "button", **more: Any) -> None:
        """Click the button (or link) with this name."""
        self.page.get_by_role(role, name=name, **more).first.click()

    def fill(self, label: str, text: str) -> None:
        """Type into the field with this label."""
        self.page.get_by_label(label).first.fill(text)

    def tick(self, label: str) -> None:
        """Tick the box or choose the button with this label, as a finger does: on its words."""
        self._press(self.page.get_by_label(label).first)

    def choose(self, name: str, value: str) -> None:
        """Choose one of a row of radio buttons, by the field's (first part of the) name."""
        self._press(self.page.locator(f'input[name^="{name}"][value="{value}"]').first)

    def _press(self, box: Locator) -> None:
        if not box.is_checked():
            self.page.locator(f'label[for="{box.get_attribute("id")}"]').last.click()
        assert box.is_checked()

    def pick(self, field: str, words: str) -> None:
        """Pick the first option of a list with these words."""
        option = self.page.locator(f"{field} option", has_text=words).first
        self.page.locator(field).select_option(option.get_attribute("value"))

    def follow(self, path: str) -> None:
        """Click the first link that leads there."""
        self.page.locator(f'main a[href*="{path}"]:visible').first.click()

    def step(self, code: str) -> None:
        """Click the button of a step of the route."""
        self.page.locator(f'[data-stap="{code}"]:visible').first.click()

    @property
    def path(self) -> str:
        """Where the window is."""
        return self.page.url.removeprefix(self.address)

    @property
    def main(self) -> Locator:
        """The page without what stands around it."""
        return self.page.locator("main")

    @property
    def text(self) -> str:
        """All words of the page, on one line."""
        return " ".join(self.main.inner_text().split())

    def sign_in(self, person: User) -> None:
        """Sign in for the first time, as people do: by the form, and with a new passkey."""
        self.give_key()
        self.type_password(person)
        self.click("Passkey maken", role="link")
        self.click("Maken")
        self.click("Ik heb ze bewaard", role="link")
        self.page.wait_for_url(self.address + "/")

    def type_password(self, person: User) -> None:
        """Get past the form, up to the second step."""
        self.open("/accounts/login/")
        self.page.locator("#id_login").fill(person.email)
        self.page.locator("#id_password").fill(PASSWORD)
        self.click("Aanmelden", exact=True)
        self.page.wait_for_url(lambda url: "/accounts/login/" not in url)

    def give_key(self, **different: Any) -> "KeyRing":
        """Give this window a device that makes and shows passkeys, and says yes by itself."""
        chromium = self.page.context.new_cdp_session(self.page)
        chromium.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        made = chromium.send("WebAuthn.addVirtualAuthenticator", {"options": options | different})
        return KeyRing(chromium, made["authenticatorId"])

    def be(self, person: User | None) -> None:
        """Be signed in already (or nobody), for walks that are not about signing in."""
        self.page.context.clear_cookies()
        if person is None:
            return
        client = signed_in(person)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.address}
        self.page.context.add_cookies([cookie])

    def overflow(self) -> int:
        """How many pixels the page is wider than the window."""
        return int(
            self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )


Windows = Callable[..., Window]


def opened(browser: Browser, address: str, **context: Any) -> Window:
    """A new window with cookies of its own."""
    settled = {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam", "viewport": DESK, **context}
    return Window(browser.new_context(**settled).new_page(), address)


def signed_in(person: User) -> Client:
    """A client that signed in just now, passkey included: pages of the second factor ask for that."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    session = client.session
    fresh = {"method": "password", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [fresh]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client

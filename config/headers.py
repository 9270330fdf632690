"""The headers of every answer, also of errors, files and redirects (A-87).

Stands around everything else, so that no layer answers without them. The content policy itself
stands in the settings; its middleware comes right after this one.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

REPORTS = "/meldingen/"
REPORT_GROUP = "huis"

# What a browser could do for a page, and ours never ask.
_UNUSED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
# Passkeys are the one thing that a page of ours asks of a device.
_OWN = ("publickey-credentials-create", "publickey-credentials-get")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [*(f"{name}=()" for name in _UNUSED), *(f"{name}=(self)" for name in _OWN)]
    ),
    "Reporting-Endpoints": f'{REPORT_GROUP}="{REPORTS}"',
}
# Nothing that was made for one reader stays behind in a browser or on the way.
NO_STORE = "no-store, private"


class HeadersMiddleware:
    """Give every answer the same headers; only files of the product itself may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers of the house."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response[name] = value
        if not request.path.startswith(settings.STATIC_URL) or response.status_code >= 400:
            response["Cache-Control"] = NO_STORE
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            parts = [f"max-age={settings.SECURE_HSTS_SECONDS}", "includeSubDomains"]
            parts += ["preload"] if settings.SECURE_HSTS_PRELOAD else []
            response["Strict-Transport-Security"] = "; ".join(parts)
        return response

"""What every installation shares: apps, middleware, language, sign-in, mail, documents."""

from importlib.util import find_spec
from pathlib import Path

from config.environment import load_dotenv, read_text

BASE_DIR = Path(__file__).resolve().parent.parent.parent
load_dotenv(BASE_DIR / ".env")

DEBUG = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    "teams",
    "schools",
    "cases",
    "arrangements",
    "config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Words for times on the pages of the second factor.
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_filters",
    "template_partials",
    "pghistory",
    "pgtrigger",
    "csp",
    "django_structlog",
]

ACTOR_MIDDLEWARE = (
    ["teams.access.middleware.ActorMiddleware"] if find_spec("teams.access.middleware") else []
)
MIDDLEWARE = [
    # Around everything, so that no answer goes without: errors, files and redirects too.
    "config.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.health.HealthMiddleware",
    "config.demo.door.DoorMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "teams.access.sessions.SessionMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    *ACTOR_MIDDLEWARE,
    "teams.audit.middleware.TraceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cases.pages.navigation.navigation",
                "config.demo.context.demo",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

LANGUAGE_CODE = "nl"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
# Files of the product are for its own pages.
WHITENOISE_ALLOW_ALL_ORIGINS = False

AUTH_USER_MODEL = "teams.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "config.accounts.HouseAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# Tries are counted in PostgreSQL (teams/door/guesses.py), not in a cache that may be lost.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "teams.door.tokens.ResetTokens"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 30 * 60
ACCOUNT_FORMS = {
    "login": "config.account_forms.SignInForm",
    "reauthenticate": "config.account_forms.PasswordAgainForm",
    "change_password": "config.account_forms.OtherPasswordForm",
    "reset_password": "config.account_forms.AskResetForm",
    "reset_password_from_key": "config.account_forms.NewPasswordForm",
}
MFA_ADAPTER = "config.accounts.HouseMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Ondersteuningsroute"
# A clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Addresses come from the school's administration, which vouches for them.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "config.account_forms.CodeForm",
    "reauthenticate": "config.account_forms.CodeAgainForm",
    "activate_totp": "config.account_forms.AddAppForm",
    "add_webauthn": "config.account_forms.AddPasskeyForm",
    "edit_webauthn": "config.account_forms.RenamePasskeyForm",
    "authenticate_webauthn": "config.account_forms.PasskeyForm",
    "login_webauthn": "config.account_forms.PasskeyAloneForm",
    "reauthenticate_webauthn": "config.account_forms.PasskeyAgainForm",
}

DEFAULT_FROM_EMAIL = read_text("MAIL_FROM", "Ondersteuningsroute <noreply@localhost>")
EMAIL_SUBJECT_PREFIX = ""
EMAIL_TIMEOUT = 10
# Mails carry links and leave the worker, where there is no request to take the host from.
SITE_ADDRESS = read_text("SITE_ADDRESS", "http://127.0.0.1:8000").rstrip("/")

DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"

# Where the signed heads of the trace are kept, and the key that signs them: for the worker only.
TRACE_HEADS = read_text("TRACE_HEADS", "")
TRACE_KEY = read_text("TRACE_KEY", "")
TRACE_PUBLIC_KEY = read_text("TRACE_PUBLIC_KEY", "")

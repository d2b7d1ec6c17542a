"""Every setting, in one file. The environment (or a `.env` file) changes what differs between machines.

Secure by default: HTTPS is assumed unless BASE_URL is http://localhost, and DEBUG is off unless asked for.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from netcrm.desk import DESK

ROOT = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(ROOT / ".env")

# --- Where this instance lives -----------------------------------------------------------------

DATA_DIR = Path(env.str("DATA_DIR", default=str(ROOT / "data"))).absolute()
DATA_DIR.mkdir(parents=True, exist_ok=True)

BASE_URL: str = env.str("BASE_URL", default="http://localhost:8000").rstrip("/")
_address = urlsplit(BASE_URL)
EMBEDDED_HTTP = (_address.scheme, _address.hostname) == ("http", "localhost")

DEBUG: bool = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = [_address.hostname or "localhost"] + (["127.0.0.1"] if EMBEDDED_HTTP else [])
ALLOWED_HOSTS += env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = [BASE_URL] if not EMBEDDED_HTTP else []


def _secret_key() -> str:
    """SECRET_KEY from the environment, or one made at the first start and kept in the data folder."""
    if key := env.str("SECRET_KEY", default=""):
        return str(key)
    file = DATA_DIR / "secret_key"
    if not file.exists():
        # Written whole before it takes its name: of several first starts one gives the key, and none reads half of it.
        new = DATA_DIR / f"secret_key.{os.getpid()}"
        new.touch(mode=0o600)
        new.write_text(get_random_secret_key())
        with suppress(FileExistsError):
            os.link(new, file)
        new.unlink()
    return file.read_text()


SECRET_KEY = _secret_key()

# --- The house ----------------------------------------------------------------------------------

ROOMS = ["ui", "workspaces", "strategy", "networks", "contacts", "exchanges", "resources", "journey"]

UNFOLD = DESK

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "csp",
    "django.forms",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    *ROOMS,
    "netcrm",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "netcrm.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "workspaces.middleware.CuratorSessionMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ui.middleware.FragmentMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "workspaces.middleware.WorkspaceMiddleware",
    "netcrm.middleware.AdminPolicyMiddleware",
]

ROOT_URLCONF = "netcrm.urls"
WSGI_APPLICATION = "netcrm.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "ui.forms.Renderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "ui.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Data ---------------------------------------------------------------------------------------

_SQLITE = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
    ),
}


# Planning costs more than running most of our statements: each connection keeps those that it has planned.
_POSTGRESQL = {"server_side_binding": True, "prepare_threshold": 3}


def _database() -> dict[str, Any]:
    url = env("DATABASE_URL", default="") or f"sqlite:///{DATA_DIR / 'netcrm.sqlite3'}"
    config: dict[str, Any] = env.db_url_config(url)
    if config["ENGINE"].endswith("sqlite3"):
        return config | {"OPTIONS": _SQLITE, "TEST": {"NAME": str(DATA_DIR / "test.sqlite3")}}
    return config | {
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": config.get("OPTIONS", {}) | _POSTGRESQL,
    }


DATABASES = {"default": _database()}

REDIS_URL: str = env.str("REDIS_URL", default="")


def _next_database(url: str) -> str:
    """The Redis database after that of the broker, so that emptying one leaves the other alone."""
    address = urlsplit(url)
    return address._replace(path=f"/{int(address.path.strip('/') or 0) + 1}").geturl()


# Limits on sign-in and on mails count across processes, so the cache is always a shared one; and a table large enough
# that a flood of tries does not push out the count of the first ones.
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _next_database(REDIS_URL)}
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- Background work: the rows are the truth, the broker only wakes -------------------------------

CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT = "" if REDIS_URL else "netcrm.broker:Transport"
_BROKER_DIR = DATA_DIR / "broker"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {
        "visibility_timeout": 3600,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 5,
    }
    if REDIS_URL
    else {
        "data_folder_in": str(_BROKER_DIR),
        "data_folder_out": str(_BROKER_DIR),
        "control_folder": str(_BROKER_DIR / "control"),
        "store_processed": False,
        "polling_interval": 0.2,
    }
)
if not REDIS_URL:
    (_BROKER_DIR / "control").mkdir(parents=True, exist_ok=True)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
# Kills the process of a task that hangs. Threads cannot be killed, so `manage.py serve` has no such limit: there the
# lease of the row is what lets another worker take the job up.
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/Paris"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat")
# A wake-up that comes late is worthless, so the short ones expire; the nights avoid 2–3 h, which DST skips or repeats.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "canary": {"task": "workspaces.tasks.beat", "schedule": 60, "options": {"expires": 60}},
    "stale scores": {"task": "exchanges.tasks.rescore_stale", "schedule": 2, "options": {"expires": 2}},
    "waiting imports": {"task": "contacts.tasks.run_imports", "schedule": 2, "options": {"expires": 2}},
    "all scores": {"task": "exchanges.tasks.rescore_all", "schedule": crontab(hour=3, minute=10)},
    "waiting coverage": {"task": "resources.tasks.cover_waiting", "schedule": 5, "options": {"expires": 5}},
    "all coverage": {"task": "resources.tasks.cover_all", "schedule": crontab(hour=4, minute=10)},
    "old bin": {"task": "contacts.tasks.empty_bin", "schedule": crontab(hour=3, minute=40)},
}

JOB_LEASE_SECONDS: int = env.int("JOB_LEASE_SECONDS", default=120)

# --- Who may enter ------------------------------------------------------------------------------

AUTH_USER_MODEL = "workspaces.User"
AUTHENTICATION_BACKENDS = ["workspaces.entrance.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SIGNUP_OPEN: bool = env.bool("SIGNUP_OPEN", default=EMBEDDED_HTTP)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "journey:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "workspaces.entrance.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "workspaces.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Whoever asks, one address gets at most three letters an hour, of all kinds together (`letter`).
ACCOUNT_RATE_LIMITS = {
    "confirm_email": "1/10s/key,3/h/key",
    "reset_password": "20/m/ip,3/h/key",
    "letter": "3/h/key",
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _address.scheme
USERSESSIONS_TRACK_ACTIVITY = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EMBEDDED_HTTP
MFA_TOTP_ISSUER = "NetCRM"

# OpenID Connect: OIDC_SERVER_URL, OIDC_CLIENT_ID, OIDC_SECRET and OIDC_NAME add one sign-in button.
OIDC_SERVER_URL: str = env.str("OIDC_SERVER_URL", default="")
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if OIDC_SERVER_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": env.str("OIDC_NAME", default="OpenID Connect"),
                "client_id": env.str("OIDC_CLIENT_ID"),
                "secret": env.str("OIDC_SECRET"),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ],
    }

# --- Headers and cookies ------------------------------------------------------------------------

SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not EMBEDDED_HTTP
SESSION_COOKIE_NAME = "session" if EMBEDDED_HTTP else "__Host-session"
CSRF_COOKIE_NAME = "csrftoken" if EMBEDDED_HTTP else "__Host-csrftoken"
SECURE_SSL_REDIRECT = not EMBEDDED_HTTP
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if EMBEDDED_HTTP else 2 * 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not EMBEDDED_HTTP
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
BEHIND_PROXY: bool = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
X_FRAME_OPTIONS = "DENY"

_oidc_origin = [f"{u.scheme}://{u.netloc}" for u in [urlsplit(OIDC_SERVER_URL)] if u.netloc]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *_oidc_origin],
        "frame-ancestors": [NONE],
    }
}
# Unfold's pages, for curators only: its Alpine.js evaluates attributes, its templates hold inline script and style.
ADMIN_CONTENT_SECURITY_POLICY = CONTENT_SECURITY_POLICY["DIRECTIVES"] | {
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
}

# --- Languages, time, files ---------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "collected"
STATICFILES_DIRS = [ROOT / "static", ROOT / "build" / "static"]
for _folder in [*STATICFILES_DIRS, STATIC_ROOT]:
    _folder.mkdir(parents=True, exist_ok=True)
STATIC_MANIFEST: bool = env.bool("STATIC_MANIFEST", default=False)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not STATIC_MANIFEST
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Mail and logs ------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default=f"NetCRM <netcrm@{_address.hostname}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 10
if email_url := env.str("EMAIL_URL", default=""):
    globals().update(env.email_url_config(email_url))
else:
    EMAIL_BACKEND = "netcrm.mail.FileBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {"netcrm": {"level": "INFO"}},
}

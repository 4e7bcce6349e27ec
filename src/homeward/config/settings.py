"""Django's settings. What differs between two places comes from HOMEWARD_DATA and the environment."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from homeward.config.address import postgres
from homeward.config.directory import directory
from homeward.config.folder import data_folder, demonstration, secret_key
from homeward.config.post import post
from homeward.config.today import now, today

TREE = Path(__file__).parents[1]
DATA = data_folder()

# What pages and tests ask instead of the machine's clock and the folder.
TODAY = today
NOW = now


def DEMONSTRATION() -> bool:
    return demonstration(DATA) is not None


DEBUG = False
SECRET_KEY = secret_key(DATA)
# A council names its own hosts; without them Homeward answers this machine alone.
HOSTS = [host.strip() for host in os.environ.get("HOMEWARD_HOSTS", "").split(",") if host.strip()]
ALLOWED_HOSTS = [*HOSTS, "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.usersessions",
    "homeward.records",
    "homeward.web",
]

MIDDLEWARE = [
    # First what every answer carries, whoever gives it.
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "homeward.config.middleware.private_answers",
    "csp.middleware.CSPMiddleware",
    "homeward.config.middleware.no_other_site",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "homeward.api.answers.Plain",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "homeward.web.sign_in.middleware.SignedIn",
    "homeward.web.guard.Guard",
    # Default deny: a view is closed to strangers unless it says `login_not_required`.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

# Addresses of the council's own proxies, nearest last; from nobody else is a forwarded address believed.
TRUSTED_PROXIES = {at.strip() for at in os.environ.get("HOMEWARD_PROXIES", "").split(",") if at.strip()}

ROOT_URLCONF = "homeward.config.urls"
WSGI_APPLICATION = "homeward.config.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Templates lie beside their views (`tracker/tracker.html`); Django asks for 404.html by name alone.
        "DIRS": [TREE / "web", TREE / "web" / "layout"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "homeward.web.layout.frame.frame",
            ],
        },
    }
]

if os.environ.get("DATABASE_URL"):
    DATABASES = {"default": postgres(os.environ["DATABASE_URL"])}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "homeward.sqlite3",
            "OPTIONS": {
                # A writer waits its turn at BEGIN instead of failing half-way through.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": ("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"),
            },
        }
    }
# Risks of the database that are accepted, by their names in checks.py: none.
DATABASE_RISKS: frozenset[str] = frozenset()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "records.Person"
AUTHENTICATION_BACKENDS = ["homeward.web.sign_in.backend.People"]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "homeward.records.passwords.NotCommon"},
]
PASSWORD_RESET_TIMEOUT = 15 * 60


def SECOND_FACTOR_REQUIRED() -> bool:
    return not DEMONSTRATION()


# The council's own directory; None: passwords only.
DIRECTORY = directory()
ACCOUNT_ADAPTER = "homeward.web.sign_in.adapters.Account"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up: the adapter is closed
ACCOUNT_EMAIL_VERIFICATION = "none"  # the system manager adds people; nothing of signing in goes by e-mail
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # records/operations/knocks.py slows down, in the database
ACCOUNT_REAUTHENTICATION_REQUIRED = MFA_REAUTHENTICATION_REQUIRED = False  # web/sign_in/factor.py asks
SOCIALACCOUNT_ADAPTER = "homeward.web.sign_in.directory.Adapter"
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "homeward.web.sign_in.adapters.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True

# A demonstration on this machine alone is served without TLS; a council's record never is.
SECURE_COOKIES = bool(HOSTS) or not DEMONSTRATION()
SESSION_ENGINE = "homeward.config.sessions"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_NAME = "__Host-homeward" if SECURE_COOKIES else "homeward"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_COOKIES else "csrf"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE_COOKIES
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE_COOKIES else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_COOKIES
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# The daily digest. A demonstration writes to nobody, whatever the environment says.
globals().update(post("" if DEMONSTRATION() else os.environ.get("HOMEWARD_SMTP", ""), DATA))
DEFAULT_FROM_EMAIL = os.environ.get("HOMEWARD_MAIL_FROM", "homeward@localhost")
ADDRESS = f"https://{HOSTS[0]}" if HOSTS else f"http://127.0.0.1:{os.environ.get('HOMEWARD_PORT', '8000')}"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Styles and scripts are served from the package: nothing to collect before a start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Uploads are the returns of a council: a file goes to disk early, and forms stay small.
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 200

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "homeward.config.logs.Line",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Without this, Django mails server errors to nobody and prints nothing when DEBUG is off.
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}

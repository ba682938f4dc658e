"""The settings of one node. Every variable is documented in ``docs/reference/settings.md``."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from countermark.config import env

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parents[1]
# In a checkout law/ and locale/ lie beside src/; in a wheel they are packed into the package.
DATA = ROOT if (ROOT / "law").is_dir() else PACKAGE

VAR_DIR = env.folder("VAR", ROOT / "var" / "dev")
LAW_DIR = Path(env.text("LAW") or DATA / "law")
COUNTERMARK_ADMINISTRATION = env.text("ADMINISTRATION", "hk")
COUNTERMARK_BASE_URL = env.text("BASE_URL", "http://127.0.0.1:8000")
COUNTERMARK_DEMO = env.flag("DEMO")
COUNTERMARK_RETRO_HUNT_DAYS = env.number("RETRO_HUNT_DAYS", 90, least=1, most=3660)
COUNTERMARK_ALARM_DAYS = env.numbers("ALARM_DAYS", (180, 90, 30, 7), most=3660)
COUNTERMARK_LINK_CAP = env.number("LINK_CAP", 50, least=1, most=1000)
COUNTERMARK_LINK_CAP_WEAK = env.number("LINK_CAP_WEAK", 20, least=1, most=1000)
COUNTERMARK_FAILPOINTS = env.words("FAILPOINTS")

# Mail is a link to an account: without a way to send it nobody can open one.
MAIL_URL = env.text("MAIL_URL")
COUNTERMARK_MAILS = bool(MAIL_URL) or COUNTERMARK_DEMO
COUNTERMARK_PORTAL_SIGNUP = env.flag("PORTAL_SIGNUP", default=True) and COUNTERMARK_MAILS

COUNTERMARK_SCANNER = env.text("SCANNER")
COUNTERMARK_CLAMAV = env.text("CLAMAV", "/run/clamav/clamd.ctl")

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.kept_secret("SECRET_KEY", VAR_DIR / "secret.key")
HTTPS = COUNTERMARK_BASE_URL.startswith("https://")
ALLOWED_HOSTS = [
    *env.words("ALLOWED_HOSTS", "127.0.0.1,localhost"),
    urlsplit(COUNTERMARK_BASE_URL).hostname or "localhost",
]
CSRF_TRUSTED_ORIGINS = [COUNTERMARK_BASE_URL]

INSTALLED_APPS = [
    "countermark.apps.accounts",
    "countermark.apps.audit",
    "countermark.apps.register",
    "countermark.apps.intake",
    "countermark.apps.screening",
    "countermark.apps.cases",
    "countermark.apps.operations",
    "countermark.apps.exchange",
    "countermark.apps.reports",
    "countermark.web",
    "countermark.cli",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton.apps.SimpleAppConfig",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "countermark.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "countermark.config.urls"
WSGI_APPLICATION = "countermark.config.wsgi.application"

# Cotton's compiler must wrap the loaders by hand: left to itself it edits TEMPLATES at start-up.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "countermark.web.context.shell",
            ],
        },
    }
]

DATABASES = {
    "default": env.database(env.text("DATABASE_URL") or f"sqlite:///{VAR_DIR}/node.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.Officer"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "countermark.web.signin.AccountAdapter"
# Right holders sign in with their address as the name; officers have no address to confirm.
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "signup": "countermark.web.portal.signup_forms.HolderSignupForm",
    "reset_password": "countermark.web.portal.signup_forms.HolderResetForm",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

MAIL = env.mail(MAIL_URL)
EMAIL_BACKEND = MAIL.backend
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.tls, MAIL.ssl
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "countermark@localhost")

# Two demo nodes share one host, and browsers do not tell ports apart: names carry the node.
COOKIE_NAME = COUNTERMARK_ADMINISTRATION.replace("-", "_")
SESSION_COOKIE_NAME = f"countermark_{COOKIE_NAME}"
CSRF_COOKIE_NAME = f"countermark_{COOKIE_NAME}_csrf"
LANGUAGE_COOKIE_NAME = f"countermark_{COOKIE_NAME}_language"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hant", "繁體中文"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [DATA / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "Asia/Hong_Kong")

STATIC_URL = "static/"
STATIC_ROOT = env.folder("STATIC", VAR_DIR / "static")
# Not collected: found through the apps' own folders, so a demo or a test has no copy to forget.
COLLECTED = (STATIC_ROOT / "staticfiles.json").is_file()
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_MAX_AGE = 31_536_000 if COLLECTED else 0
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "files", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_242_880
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO")},
}
# A right holder's name for signing in is the address, filled in by our form: the library warns of
# a form that asks for no name.
SILENCED_SYSTEM_CHECKS = ["account.W001"]

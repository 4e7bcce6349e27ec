"""The settings under test: a folder of its own, a fixed day, and passwords that are quick to check."""

import atexit
import os
import shutil
import tempfile
from datetime import date, datetime

os.environ["HOMEWARD_DATA"] = tempfile.mkdtemp(prefix="homeward-tests-")
os.environ.pop("HOMEWARD_TODAY", None)
atexit.register(shutil.rmtree, os.environ["HOMEWARD_DATA"], ignore_errors=True)

from homeward.config.settings import *  # noqa: E402, F403
from homeward.config.today import LONDON  # noqa: E402

# The tests have read where their database is; a command that they start must not write there.
os.environ.pop("DATABASE_URL", None)


def TODAY() -> date:
    return date(2026, 11, 25)


def NOW() -> datetime:
    return datetime(2026, 11, 25, 10, tzinfo=LONDON)


def SECOND_FACTOR_REQUIRED() -> bool:
    """tests/sign_in turns it on; other tests are not about signing in."""
    return False


# The tests' PostgreSQL forgets everything in a power cut, and their SQLite lies in memory.
DATABASE_RISKS = frozenset({"fsync", "journal_mode"})

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The test server speaks plain HTTP.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "homeward", "csrf"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
SECURE_HSTS_SECONDS = 0

"""Settings, read once from DATABASE_URL and CHUNGTAY_* environment variables."""

import os
import secrets
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr

_ROOT = Path(__file__).parents[1]


class Settings(BaseModel):
    """A mistyped variable stops the start instead of being ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    database_url: str = f"sqlite:///{_ROOT / 'chungtay.db'}"
    cookie_key: SecretStr | None = Field(default=None, min_length=32)
    cookie_name: str = "chungtay"
    audit_key: SecretStr | None = Field(default=None, min_length=32)
    anchors: str | None = None
    session_hours: float = 12
    max_failed_logins: int = 5
    lockout_minutes: int = 15
    idle_minutes: int = Field(default=30, ge=5)
    today: date | None = None
    bcrypt_rounds: int = Field(default=12, ge=4, le=15)


@lru_cache(maxsize=1)
def settings() -> Settings:
    given = {
        name.removeprefix("CHUNGTAY_").lower(): value
        for name, value in os.environ.items()
        if name.startswith("CHUNGTAY_")
    }
    if url := os.environ.get("DATABASE_URL"):
        given["database_url"] = _with_psycopg(url)
    return Settings.model_validate(given)


@lru_cache(maxsize=1)
def cookie_key() -> str:
    """The key of the sign-in cookie: from the environment, else a file beside the database.

    Raises:
        PermissionError: the file can be read by other users of the machine.
    """
    return _key(settings().cookie_key, ".key")


@lru_cache(maxsize=1)
def audit_key() -> str:
    """The key that seals the audit chain, kept like the cookie's. Raises PermissionError."""
    return _key(settings().audit_key, ".audit.key")


def anchors_file() -> Path | None:
    """Where the daily anchors of the audit chain are written; None if nowhere."""
    given = settings().anchors
    if given is None:
        return _beside(settings().database_url, ".anchors")
    return Path(given) if given else None


def _key(given: SecretStr | None, suffix: str) -> str:
    if given is not None:
        return given.get_secret_value()
    path = _beside(settings().database_url, suffix)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if path.stat().st_mode & 0o077:
            raise PermissionError(f"{path.name} must be readable by its owner only") from None
        return path.read_text().strip()
    key = secrets.token_hex(32)
    with os.fdopen(handle, "w") as file:
        file.write(key)
    return key


def _beside(url: str, suffix: str) -> Path:
    if url.startswith("sqlite:///"):
        return Path(url.removeprefix("sqlite:///")).with_suffix(suffix)
    return _ROOT / f"chungtay{suffix}"


def _with_psycopg(url: str) -> str:
    """Name psycopg 3 in a plain PostgreSQL address, the form administrators know."""
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url

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
    given = settings().cookie_key
    if given is not None:
        return given.get_secret_value()
    path = _key_file(settings().database_url)
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


def _key_file(url: str) -> Path:
    if url.startswith("sqlite:///"):
        return Path(url.removeprefix("sqlite:///")).with_suffix(".key")
    return _ROOT / "chungtay.key"


def _with_psycopg(url: str) -> str:
    """Name psycopg 3 in a plain PostgreSQL address, the form administrators know."""
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url

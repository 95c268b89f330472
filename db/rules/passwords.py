"""What a password must be: 12 to 72 printable ASCII characters, not an obvious one."""

import hashlib

_OBVIOUS = ("password", "matkhau", "123456789", "qwerty", "chungtay", "baohiem", "bhxh")
_KEPT = 6
"""Characters an obvious word must leave over to be tolerated inside a longer password."""


def problem(password: str, username: str) -> str | None:
    """The refusal code, or None when the password will do."""
    if not 12 <= len(password) <= 72:
        return "password_length"
    if not (password.isascii() and password.isprintable()) or password != password.strip():
        return "password_ascii"
    plain = password.lower()
    if username.lower() in plain and len(plain) - len(username) < _KEPT:
        return "password_obvious"
    if any(word in plain and len(plain) - len(word) < _KEPT for word in _OBVIOUS):
        return "password_obvious"
    if len(set(plain)) < 5:
        return "password_obvious"
    return None


def digest(secret: str) -> str:
    """What is stored of a secret token, so that the table opens no door if it leaks."""
    return hashlib.sha256(secret.encode()).hexdigest()


DEMO_PASSWORD = "chung-tay-2026"  # noqa: S105 - opens invented data only
"""Every account of the demo; `db demo` refuses a database that holds anything else."""

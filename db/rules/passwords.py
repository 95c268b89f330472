"""What a password must be: 12 to 72 printable ASCII characters, not an obvious one."""

import hashlib
import re

_OBVIOUS = (
    *("qwertyuiop", "qwerty", "asdfghjkl", "zxcvbnm", "1q2w3e4r", "1qaz2wsx"),
    *("123456789", "12345678", "123456", "1234", "987654321", "654321"),
    *("password", "passw0rd", "p@ssw0rd", "welcome", "letmein", "iloveyou", "admin", "abc123"),
    *("matkhau", "anhyeuem", "emyeuanh", "vietnam", "hanoi", "saigon", "xinchao"),
    *("chungtay", "chung-tay", "baohiem", "baohiemxahoi", "bhxh", "bhyt"),
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_KEPT = 6
"""Characters that must be left over when obvious words, years and the own name are taken out."""


def problem(password: str, username: str) -> str | None:
    """The refusal code, or None when the password will do."""
    if not 12 <= len(password) <= 72:
        return "password_length"
    if not (password.isascii() and password.isprintable()) or password != password.strip():
        return "password_ascii"
    plain = password.lower()
    if len(_beside_the_obvious(plain, username.lower())) < _KEPT or len(set(plain)) < 5:
        return "password_obvious"
    return None


def _beside_the_obvious(plain: str, username: str) -> str:
    for word in (username, *_OBVIOUS):
        plain = plain.replace(word, "")
    return _YEAR.sub("", plain)


def digest(secret: str) -> str:
    """What is stored of a secret token, so that the table opens no door if it leaks."""
    return hashlib.sha256(secret.encode()).hexdigest()


DEMO_PASSWORD = "chung-tay-2026"  # noqa: S105 - opens invented data only
"""Every account of the demo; `db demo` refuses a database that holds anything else."""

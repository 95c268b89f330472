"""How each audit entry seals the one before it, and a key outside the database the whole."""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any, Protocol

from db.settings import audit_key


class Chained(Protocol):
    """What the hash of an audit entry covers, in a row or in any other form."""

    id: int
    at: datetime
    actor: str
    action: str
    record_kind: Any
    record_id: Any
    province_code: Any
    from_state: Any
    to_state: Any
    details: dict[str, Any]
    hash_before: str


def chained_hash(entry: Chained) -> str:
    """sha256 over the entry and the hash before it."""
    text = json.dumps(
        [
            entry.hash_before,
            entry.id,
            entry.at.isoformat(timespec="microseconds"),
            entry.actor,
            entry.action,
            entry.record_kind,
            entry.record_id,
            entry.province_code,
            entry.from_state,
            entry.to_state,
            entry.details,
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()


def seal_of(number: int, last_hash: str) -> str:
    """What only the holder of the key can write below the last entry.

    Whoever has the database alone can recompute every hash, but not this.
    """
    text = f"{number} {last_hash}"
    return hmac.new(audit_key().encode(), text.encode(), hashlib.sha256).hexdigest()

"""From rows of the database to the plain values that screens are given."""

from dataclasses import fields
from typing import Any, TypeVar

Value = TypeVar("Value")


def from_row(kind: type[Value], row: Any, /, **given: Any) -> Value:
    """A value of this dataclass; what is not given is what the row calls by the field's name."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    return kind(**given, **{name: getattr(row, name) for name in names if name not in given})

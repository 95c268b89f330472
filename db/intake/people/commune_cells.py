"""The commune of one row, from whichever of its cells tell it."""

from typing import NamedTuple

from db.intake.people.terms import Terms
from db.rules.cells import Finding, Reading

PLACE_FIELDS = ("commune_code", "province", "district", "address", "hamlet")


class SaidPlaces(NamedTuple):
    """What a row says of where somebody lives, in the order of `PLACE_FIELDS`; "" for nothing.

    `commune` is the heading above the row where the row itself names none.
    """

    commune: str
    province: str
    district: str
    address: str
    hamlet: str


class Noted(NamedTuple):
    """Something found about one cell."""

    field: str
    text: str
    finding: Finding


def commune_of(said: SaidPlaces, terms: Terms) -> tuple[str | None, list[Noted]]:
    """The code of the commune, as far as it is known, and what was found on the way."""
    field, address = ("address", said.address) if said.address else ("hamlet", said.hamlet)
    around = said.province, said.district
    reading = terms.communes.find_in_address(address, *around)
    elsewhere = Noted(field, address, Finding("address_elsewhere", False))
    if said.commune:
        named = terms.communes.find(said.commune, *around)
        noted = _noted("commune_code", said.commune, named)
        if named.value and reading.value not in (None, named.value):
            noted.append(elsewhere)
        return named.value, noted
    own = terms.commune_code
    if own is not None:
        is_elsewhere = reading.value not in (None, own) or _is_outside(reading)
        return own, [elsewhere] if is_elsewhere else []
    if reading.value or reading.findings:
        return reading.value, _noted(field, address, reading)
    if said.district and "commune_code" not in terms.fields:
        whole = terms.communes.find_district(said.district, said.province)
        return whole.value, _noted("district", said.district, whole)
    if "commune_code" in terms.fields:
        return None, [Noted("commune_code", "", Finding("commune_missing", False))]
    return None, []


def _noted(field: str, text: str, reading: Reading) -> list[Noted]:
    return [Noted(field, text, finding) for finding in reading.findings]


def _is_outside(reading: Reading) -> bool:
    return any(found.code == "place_outside_office" for found in reading.findings)

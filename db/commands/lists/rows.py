"""Set-based reading and bulk writing for lists of thousands of people."""

import json
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import bindparam, select, text, update
from sqlmodel import Session, col

from db import bulk
from db.commands.lists.changes import FIELDS, Changes, Entry, Key, KnownPerson, OwnNomination
from db.intake.told.checked import CellProblem, CheckedList
from db.models import CommuneList, Nomination, Person, Upload, UploadRow
from db.rules.names import sort_key
from db.rules.states import NominationState
from db.rules.upload_undo import Effects, Relisted
from db.unit_of_work import UnitOfWork

_WANTED = {
    "sqlite": "SELECT value AS key FROM json_each(:wanted)",
    "postgresql": "SELECT json_array_elements_text(CAST(:wanted AS json)) AS key",
}
_PERSON = ("id", "name_key", "birth_date", "full_name", *FIELDS)
_NEW_PERSON = (
    "id",
    "province_code",
    "commune_code",
    "full_name",
    "name_key",
    "sort_key",
    "birth_date",
    *FIELDS,
    "created_at",
)
_NEW_NOMINATION = (
    "id",
    "province_code",
    "commune_code",
    "list_id",
    "person_id",
    "upload_id",
    "row_number",
    "benefit",
    "year",
    "categories",
    "dependants",
    "state",
    "reasons",
    "score",
    "points",
    "created_at",
)
_NEW_ROW = ("id", "province_code", "upload_id", "row_number", "cells", "problems")


def known_people(
    session: Session, province_code: str, numbers: Collection[str]
) -> dict[Key, KnownPerson]:
    """Everybody of the province with one of these citizen numbers, oldest record first."""
    if not numbers:
        return {}
    columns = ", ".join(f"p.{name}" for name in _PERSON)
    found = session.connection().execute(
        text(
            f"SELECT {columns} FROM ({_wanted(session)}) w"  # noqa: S608 - names of our columns
            " JOIN person p ON p.cccd = w.key"
            " WHERE p.province_code = :province AND p.merged_into_id IS NULL ORDER BY p.id DESC"
        ),
        {"wanted": json.dumps(list(numbers)), "province": province_code},
    )
    people = [_person(tuple(row)) for row in found]
    return {(person.cccd, person.name_key, person.birth): person for person in people}


def people_by_id(session: Session, ids: Collection[int]) -> dict[int, KnownPerson]:
    """{person id: person}."""
    if not ids:
        return {}
    columns = ", ".join(f"p.{name}" for name in _PERSON)
    found = session.connection().execute(
        text(
            f"SELECT {columns} FROM ({_wanted(session)}) w"  # noqa: S608 - names of our columns
            " JOIN person p ON p.id = CAST(w.key AS INTEGER)"
        ),
        {"wanted": json.dumps(sorted(ids))},
    )
    people = [_person(tuple(row)) for row in found]
    return {person.id: person for person in people}


def listed_elsewhere(
    session: Session, people: Collection[int], year: int, list_id: int | None
) -> dict[tuple[int, str], str]:
    """{(person id, benefit): code of the list that nominates them this year}."""
    if not people:
        return {}
    found = session.connection().execute(
        text(
            "SELECT n.person_id, n.benefit, l.code"  # noqa: S608 - our own two statements
            f" FROM ({_wanted(session)}) w"
            " JOIN nomination n ON n.person_id = CAST(w.key AS INTEGER)"
            " AND n.year = :year AND n.state <> 'withdrawn' AND n.list_id <> :own"
            " JOIN commune_list l ON l.id = n.list_id"
        ),
        {"wanted": json.dumps(list(people)), "year": year, "own": list_id or 0},
    )
    return {(person, benefit): code for person, benefit, code in found}


def own_nominations(session: Session, list_id: int | None) -> list[OwnNomination]:
    """What a list nominates now."""
    if list_id is None:
        return []
    columns = [col(getattr(Person, name)) for name in _PERSON]
    found = session.connection().execute(
        select(
            col(Nomination.id),
            col(Nomination.benefit),
            col(Nomination.state),
            col(Nomination.categories),
            col(Nomination.row_number),
            col(Nomination.upload_id),
            *columns,
        )
        .join(Person, col(Person.id) == col(Nomination.person_id))
        .where(
            col(Nomination.list_id) == list_id,
            col(Nomination.state) != NominationState.WITHDRAWN,
        )
        .order_by(col(Nomination.id))
    )
    return [
        OwnNomination(
            id=id_,
            person=_person(tuple(person)),
            benefit=benefit,
            state=state,
            categories=tuple(categories),
            row_number=row,
            upload_id=upload,
        )
        for id_, benefit, state, categories, row, upload, *person in found
    ]


def write(work: UnitOfWork, owner: CommuneList, upload: Upload, changes: Changes) -> Effects:
    """Put people and nominations where the changes say; returns what an undo must know."""
    _add_people(work, owner, changes.new_people)
    _fill_people(work, changes)
    withdraw_nominations(work, changes.withdraw)
    relist(
        work,
        [
            Relisted(one.id, tuple(entry.categories), entry.row.row, upload.id or 0)
            for one, entry in changes.relist
        ],
    )
    return Effects(
        tuple(_add_nominations(work, owner, upload, changes)),
        tuple(changes.withdraw),
        tuple(
            Relisted(one.id, one.categories, one.row_number, one.upload_id)
            for one, _ in changes.relist
        ),
        tuple(changes.fill),
    )


def relist(work: UnitOfWork, nominations: Sequence[Relisted]) -> None:
    """Let nominations say what a row of a file says."""
    if not nominations:
        return
    work.session.connection().execute(
        update(Nomination)
        .where(col(Nomination.id) == bindparam("nomination"))
        .values(
            categories=bindparam("new_categories"),
            row_number=bindparam("new_row"),
            upload_id=bindparam("new_upload"),
        ),
        [
            {
                "nomination": one.nomination_id,
                "new_categories": list(one.categories),
                "new_row": one.row_number,
                "new_upload": one.upload_id,
            }
            for one in nominations
        ],
    )


def withdraw_nominations(work: UnitOfWork, nominations: Sequence[int]) -> None:
    """Take nominations back; every state without a match allows it."""
    if not nominations:
        return
    work.session.flush()
    work.session.connection().execute(
        text(
            f"UPDATE nomination SET state = 'withdrawn' WHERE id IN ("  # noqa: S608
            f"SELECT CAST(w.key AS INTEGER) FROM ({_wanted(work.session)}) w)"
        ),
        {"wanted": json.dumps(list(nominations))},
    )


def keep_rows(work: UnitOfWork, upload: Upload, checked: CheckedList, changes: Changes) -> None:
    """Every person row of the file as it came, good or bad, with what was found about it."""
    raw = checked.raw or {}
    problems: dict[int, list[dict[str, object]]] = {}
    for level, noted in (("error", checked.errors), ("warning", checked.warnings)):
        for problem in noted:
            problems.setdefault(problem.row, []).append(_noted(level, problem))
    for row, into in changes.merged.items():
        problems.setdefault(row, []).append({"level": "merged", "code": "same_person", "row": into})
    for row, found in changes.recognised.items():
        problems.setdefault(row, []).append(
            {
                "level": "known",
                "code": "recognised",
                "person": found.person.id,
                "score": found.score,
                "evidence": found.evidence,
            }
        )
    for left_out in changes.elsewhere:
        problems.setdefault(left_out.row, []).append(
            {
                "level": "left_out",
                "code": "already_listed",
                "benefit": left_out.benefit.value,
                "list": left_out.list_code,
            }
        )
    ids = bulk.reserve_ids(work.session, UploadRow, len(raw))
    bulk.insert_values(
        work.session,
        UploadRow,
        _NEW_ROW,
        [
            (id_, upload.province_code, upload.id, number, list(cells), problems.get(number, ()))
            for id_, (number, cells) in zip(ids, raw.items(), strict=True)
        ],
    )


def _add_people(work: UnitOfWork, owner: CommuneList, entries: Sequence[Entry]) -> None:
    rows = []
    for id_, entry in zip(
        bulk.reserve_ids(work.session, Person, len(entries)), entries, strict=True
    ):
        entry.person_id = id_
        rows.append(
            (
                id_,
                owner.province_code,
                owner.commune_code,
                entry.row.full_name[:120],
                entry.name_key[:120],
                sort_key(entry.row.full_name)[:240],
                entry.row.birth,
                *entry.values,
                work.now,
            )
        )
    bulk.insert_values(work.session, Person, _NEW_PERSON, rows)


def _fill_people(work: UnitOfWork, changes: Changes) -> None:
    for one in changes.fill:
        fill_person(work, one.person_id, one.after)


def fill_person(work: UnitOfWork, person_id: int, values: Mapping[str, str | None]) -> None:
    """Set columns of one person."""
    work.session.connection().execute(
        update(Person).where(col(Person.id) == person_id).values(**values)
    )


def _add_nominations(
    work: UnitOfWork, owner: CommuneList, upload: Upload, changes: Changes
) -> list[int]:
    ids = bulk.reserve_ids(work.session, Nomination, len(changes.nominate))
    bulk.insert_values(
        work.session,
        Nomination,
        _NEW_NOMINATION,
        [
            (
                id_,
                owner.province_code,
                owner.commune_code,
                owner.id,
                entry.person_id,
                upload.id,
                entry.row.row,
                benefit,
                owner.year,
                tuple(entry.categories),
                0,
                NominationState.LISTED,
                (),
                0,
                (),
                work.now,
            )
            for id_, (entry, benefit) in zip(ids, changes.nominate, strict=True)
        ],
    )
    return ids


def _noted(level: str, problem: CellProblem) -> dict[str, object]:
    return {
        "level": level,
        "field": problem.field,
        "code": problem.code,
        "value": problem.value,
        "message": problem.message,
    }


def _person(values: tuple[object, ...]) -> KnownPerson:
    id_, name_key, birth, name, *rest = values
    return KnownPerson(int(str(id_)), str(name_key), str(birth or ""), tuple(rest), str(name))  # type: ignore[arg-type]


def _wanted(session: Session) -> str:
    return _WANTED[session.connection().dialect.name]

"""Tells people from headings, subtotals, filler and signatures."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from db.errors import Refused
from db.intake.tables.by_values import field_of_text
from db.intake.tables.tables import Table, repeats_header
from db.rules.categories import code_of
from db.rules.names import clean, fold

_NUMBERING = re.compile(
    r"^(?:[*+•–\-]\s*|\(?(?:[IVXLC]{1,5}|\d{1,3}(?:\.\d{1,2})*|[A-Za-z])[.)\-:/\s]+)+"
)
_ROMAN_OR_LETTER = re.compile(r"^(?:[IVX]{1,5}|[A-HK-Z]|I)(?:\.\d{1,2})*[.)]?$")
_HAMLET = re.compile(
    r"^(?:thôn|bản(?! (?:sao|gốc|chính|in|cũ|mới|nháp)\b)|xóm|ấp|buôn|khu phố|tổ dân phố|khóm|làng|"
    r"tổ(?! chức\b)|khu|kp|tdp|phum|sóc|plei|khối)(?:\b|(?=\d))",
    re.IGNORECASE,
)
_HAMLET_LINE = re.compile(
    r"^(?:Thôn|THÔN|Bản|Xóm|XÓM|Ấp|ẤP|Buôn|BUÔN|Khu phố|KHU PHỐ|Tổ dân phố|TỔ DÂN PHỐ|Khóm|KHÓM|"
    r"Làng)\s*:?\s+(?=[A-ZĐÀ-ỸƠƯ\d])\S+(?: \S+){0,3}$"
)
_COMMUNE = re.compile(r"^(?:xã|phường|đặc khu|thị trấn)\s*[:\s]\s*\S", re.IGNORECASE)
_GROUP = re.compile(
    r"^(?:chi hội|hội|chi đoàn|lớp|khoa|đơn nguyên|phòng|cụm|đội|nhóm|khu vực|(?:điểm )?trường|"
    r"trạm|liên gia|hộ (?:số|\d)|(?:hộ|gia đình) (?:gia đình )?(?:ông|bà|anh|chị))\b",
    re.IGNORECASE,
)
"""What a line of its own may name besides a place or a category: a class, a ward, a household."""
_COUNT_BEHIND = re.compile(
    r"[\s:;,(–\-]*(?:gồm|có|tổng số|tổng cộng)?[\s:]*\d+ *"
    r"(?:người|hộ|khẩu|nhân khẩu|đối tượng|trường hợp|hội viên|em|cháu|học sinh)\b.*$",
    re.IGNORECASE,
)
_BRACKET_BEHIND = re.compile(r"\s*\([^)]*\)?$")
_SECTION = re.compile(
    r"(?:(?:danh sach|truong hop|doi tuong|nguoi|so) )*(?:bao |phat sinh )?"
    r"(?:(?P<removed>giam|(?:da )?chet|da mat|qua doi|tu tran|(?:da )?chuyen di|da chuyen|"
    r"cat giam|da thoat ngheo|thoi huong|khong du dieu kien|khong de nghi|du phong)|"
    r"tang|bo sung|moi|du dieu kien|de nghi|chinh thuc)"
    r"(?: (?:trong )?(?:ky|quy|nam|thang|dot)(?: \d+)*)?"
)
"""What a line of its own says of the people below it: Tăng, II. Giảm, Đã chết."""
_TOTAL = re.compile(
    r"^(?:tong cong|tong so|cong|tong|cong tang|cong giam|tc|mang sang|trang truoc|luy ke|"
    r"trong do|(?:viet )?bang chu|so (?:nu|nam|ho|khau|nguoi|tien|luong|the|so)|"
    r"(?:an dinh )?danh sach (?:nay )?(?:gom|co))\b"
)
_TOTAL_SPELLED = re.compile(
    r"^\(?(?:(?:tổng|cộng)(?! (?:thị|văn)\b)|tong so|tong cong|cong\b|mang sang|trang trước|"
    r"lu[ỹy] kế|danh sách|ấn định|trong đó|(?:viết )?bằng chữ|"
    r"số (?:nữ|nam|hộ|khẩu|người|tiền|lượng|thẻ|sổ)\b)",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"nguoi lap|^nguoi (?:kiem tra|tong hop|duyet|phu trach|bao cao)\b|^dai dien|^lanh dao|"
    r"^phu trach|^bi thu|^cong chuc|^lap bieu|^(?:t ?m|k ?t|t ?l|tuq) (?:uy ban|ubnd|ban|"
    r"chu tich|giam doc|truong|dang uy|hoi|mttq)|^chu tich|^pho chu tich|"
    r"^giam doc|^pho giam doc|^xac nhan cua|ky ghi ro ho ten|ky va ghi ro|ky ten dong dau|"
    r"ho ten dong dau|^can bo |^truong thon|"
    r"^noi nhan|^uy ban nhan dan|^uy ban mttq|^ban chi dao|^thu truong|^ke toan|^truong ban"
)
_OFFICE = re.compile(
    r"^\(?(?:đã ký\)?$|(?:phó )?trưởng (?:thôn|bản|xóm|ấp|buôn|khu|tổ|khóm|làng|khối|khoa|phòng|"
    r"trạm)\b|hiệu trưởng|hiệu phó|phó hiệu trưởng|chi hội trưởng|giáo viên chủ nhiệm|thủ quỹ$)",
    re.IGNORECASE,
)
"""Who signs; spelled, since names of people look alike without accents: Trương Bản."""
_PLACE_DATE = re.compile(r"\bngay (?:\d{1,2} )?thang (?:\d{1,2} )?nam(?: \d{2,4})?$")
_HAS_DIGIT = re.compile(r"\d")
_HAS_LETTER = re.compile(r"[^\W\d_]")
LONGEST_NAME_WORDS, LONGEST_HEADING = 8, 200
LINES_ABOVE, TEXTS_IN_A_TITLE = 8, 2
NEARLY_ALL = 0.8
DIGITS_OF_A_YEAR, DIGITS_OF_A_NUMBER = 4, 6
SEXES = frozenset({"nam", "nu"})
SAMPLED_ROWS = 60


MOST_OTHER_LINES = 10_000
"""Headings, subtotals and signatures; a list with more of them is none."""


class PersonRow(NamedTuple):
    """A row that holds a person, with what the headings above it say."""

    number: int
    cells: tuple[str, ...]
    hamlet: str | None
    category: str | None
    commune: str | None = None
    heading_row: int | None = None
    removed: tuple[str, int] | None = None
    """The heading, and its row, of a section of people who are no longer there."""


def person_rows(
    table: Table, name_columns: tuple[int, ...], proof_columns: tuple[int, ...], order: int | None
) -> Iterator[PersonRow]:
    """The people of a table, top down.

    `proof_columns` hold births and identifiers: a name with a number in one of them is a person
    wherever it stands, a name alone is one only above the signatures. Refusal: too_large.
    """
    hamlet = _hamlet_of_all(table)
    headings = [("hamlet", hamlet[0])] if hamlet else []
    context = dict(headings)
    heading_row = hamlet[1] if hamlet else None
    removed: tuple[str, int] | None = None
    signed, other_lines = False, 0
    wide_rows = _wide_rows(table, name_columns, proof_columns)
    last_numbered = _last_numbered(table, name_columns, proof_columns, order)
    for number in table.data_rows:
        cells = table.sheet.rows[number]
        width = len(cells)
        name = " ".join([cells[at] for at in name_columns if at < width]).strip()
        proven = _holds_a_number(cells, proof_columns)
        if not (name and proven and _is_name(name)):
            kind = _kind(cells, name, proven, table=table, order=order, name_columns=name_columns)
            if kind == "person" and not proven and number in wide_rows:
                kind = "heading"
            if kind == "person" and not proven and last_numbered is not None:
                below = number - last_numbered
                kind = "footer" if _is_signature(cells, order, below) else kind
            if kind == "footer":
                signed = True
            elif kind == "heading" and (section := _section(cells)) is not None:
                removed = (section, number) if section else None
            elif kind == "heading" and _remember(headings, cells):
                context, heading_row = dict(headings), number
            if kind != "person" or (signed and not proven):
                other_lines += kind != "blank"
                if other_lines > MOST_OTHER_LINES:
                    raise Refused("too_large", because="lines", limit=MOST_OTHER_LINES)
                continue
        signed = signed and not _is_numbered(cells, order)
        yield PersonRow(
            number=number,
            cells=cells,
            hamlet=context.get("hamlet"),
            category=context.get("category"),
            commune=context.get("commune"),
            heading_row=heading_row,
            removed=removed,
        )


def joined(
    people: Iterable[PersonRow], table: Table, names: tuple[int, ...], same: tuple[int, ...]
) -> Iterator[PersonRow]:
    """Somebody whose name reaches down over several rows is one person, if `same` agree."""
    tops = {
        row: span.first_row
        for span in table.sheet.merged
        if span.first_column in names and span.first_column == span.last_column
        for row in range(span.first_row + 1, span.last_row + 1)
    }
    if not tops:
        yield from people
        return
    kept: PersonRow | None = None
    for person in people:
        if kept is None:
            kept = person
        elif tops.get(person.number) == kept.number and _agree(kept.cells, person.cells, same):
            kept = kept._replace(cells=_joined_cells(kept.cells, person.cells))
        else:
            yield kept
            kept = person
    if kept is not None:
        yield kept


def _agree(cells: tuple[str, ...], others: tuple[str, ...], columns: tuple[int, ...]) -> bool:
    def text(of: tuple[str, ...], at: int) -> str:
        return of[at].strip() if at < len(of) else ""

    return all(text(others, at) in ("", text(cells, at)) for at in columns)


def _joined_cells(cells: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    pairs = zip_longest(cells, others, fillvalue="")
    return tuple(
        text if not more.strip() or more == text else f"{text} {more}".strip()
        for text, more in pairs
    )


def _wide_rows(
    table: Table, name_columns: tuple[int, ...], proof_columns: tuple[int, ...]
) -> frozenset[int]:
    """Rows in which the name's cell reaches over others: a line of words, no person."""
    return frozenset(
        span.first_row
        for span in table.sheet.merged
        if span.first_row == span.last_row
        and all(
            any(span.first_column <= at <= span.last_column for at in columns)
            for columns in (name_columns, proof_columns)
        )
    )


def _is_numbered(cells: tuple[str, ...], order: int | None) -> bool:
    return order is not None and order < len(cells) and cells[order].strip().isdigit()


def _hamlet_of_all(table: Table) -> tuple[str, int] | None:
    """The hamlet that a line above the header or the sheet's name gives to everybody, and where."""
    if "hamlet" in (column.match.field for column in table.columns if column.match):
        return None
    top = table.header_rows[0] if table.header_rows else 0
    for number in range(top - 1, max(0, top - LINES_ABOVE), -1):
        texts = {clean(text) for text in table.sheet.rows.get(number, ()) if text.strip()}
        named = [text for text in texts if _HAMLET_LINE.match(text)]
        if named and len(texts) <= TEXTS_IN_A_TITLE:
            return named[0], number
    name = clean(table.sheet.name)
    return (name, top) if _HAMLET.match(name) else None


def _last_numbered(
    table: Table, name_columns: tuple[int, ...], proof_columns: tuple[int, ...], order: int | None
) -> int | None:
    """The last person of a list that numbers nearly everybody; None if it does not."""
    if order is None:
        return None
    last = None
    numbered = seen = 0
    for number in reversed(table.data_rows):
        cells = table.sheet.rows[number]
        width = len(cells)
        if any(at < width and cells[at] for at in name_columns) and _holds_a_number(
            cells, proof_columns
        ):
            last = last or number
            numbered += order < width and bool(_HAS_DIGIT.search(cells[order]))
            seen += 1
            if seen == SAMPLED_ROWS:
                break
    return last if numbered > NEARLY_ALL * seen else None


def _is_signature(cells: tuple[str, ...], order: int | None, below: int) -> bool:
    """Names and titles only, side by side or some rows below the last of the numbered people."""
    filled = [(at, clean(text)) for at, text in enumerate(cells) if text.strip()]
    if any(at == order for at, _ in filled) or below < (1 if len(filled) > 1 else 2):
        return False
    return _says_nothing_of_a_person(text for _, text in filled)


def _says_nothing_of_a_person(texts: Iterable[str]) -> bool:
    """Names of people, offices and titles, but no birth, number, hamlet, category or sex."""
    return all(field_of_text(text) in (None, "full_name") for text in texts)


def _holds_a_number(cells: tuple[str, ...], columns: tuple[int, ...]) -> bool:
    width = len(cells)
    for at in columns:
        if at < width and (text := cells[at]) and (text[-1].isdecimal() or _HAS_DIGIT.search(text)):
            return True
    return False


@lru_cache(maxsize=8_192)
def _is_name(text: str) -> bool:
    return bool(_HAS_LETTER.search(text)) and not (
        _TOTAL_SPELLED.match(text) or fold(text) in SEXES
    )


def _kind(
    cells: tuple[str, ...],
    name: str,
    proven: bool,
    *,
    table: Table,
    order: int | None,
    name_columns: tuple[int, ...],
) -> str:
    filled = [(at, clean(text)) for at, text in enumerate(cells) if text.strip()]
    different = list(dict.fromkeys(text for _, text in filled))
    without_order = [text for at, text in filled if at != order]
    if not any(_HAS_LETTER.search(text) for text in different):
        return "person" if proven and any(len(text) > 3 for text in without_order) else "blank"
    if repeats_header(cells, table):
        return "blank"
    digits = max(sum(map(str.isdigit, text)) for text in different) if proven else 0
    if digits < DIGITS_OF_A_NUMBER and any(_is_total(text) for text in different[:3]):
        return "total"
    if name and _is_numbered(cells, order):
        return "heading" if len(different) == 2 and _names_a_group(different[1]) else "person"
    if digits < DIGITS_OF_A_YEAR and fold(name) in SEXES and _only_counts(different, name):
        return "total"
    if any(_is_footer(text) for text in different):
        return "footer"
    if digits >= DIGITS_OF_A_YEAR and len(filled) > 1 and not _only_in_order(filled, order):
        return "person"
    return _kind_without_proof(filled, different, name, order, name_columns)


def _kind_without_proof(
    filled: list[tuple[int, str]],
    different: list[str],
    name: str,
    order: int | None,
    name_columns: tuple[int, ...],
) -> str:
    texts = [text for text in different if not _ROMAN_OR_LETTER.match(text)]
    if len(texts) <= 2 and any(
        _heading(text) or _section([text]) is not None for text in texts[:2]
    ):
        return "person" if _is_somebody_with_a_word(filled, name_columns) else "heading"
    if any(at == order and _ROMAN_OR_LETTER.match(text.upper()) for at, text in filled):
        return "heading"
    if len(different) == 1 and (filled[0][0] not in name_columns or _GROUP.match(different[0])):
        return "heading"
    if name and _HAS_LETTER.search(name) and len(name.split()) <= LONGEST_NAME_WORDS:
        return "person"
    is_numbered = any(at == order and text.isdigit() for at, text in filled)
    if not name and not is_numbered and _says_nothing_of_a_person(texts):
        return "heading"
    return "heading" if len(texts) <= 1 else "person"


def _only_counts(texts: list[str], name: str) -> bool:
    """Nam: 12. A person of that name has at least a word more."""
    return not any(_HAS_LETTER.search(text) for text in texts if text != clean(name))


def _is_somebody_with_a_word(filled: list[tuple[int, str]], name_columns: tuple[int, ...]) -> bool:
    """A person of whom a list only tells the hamlet or the category."""
    (at, text), *words = filled
    return bool(words) and at in name_columns and field_of_text(text) == "full_name"


def _only_in_order(filled: list[tuple[int, str]], order: int | None) -> bool:
    return len(filled) == 1 and filled[0][0] == order


def _is_total(text: str) -> bool:
    return bool(_TOTAL_SPELLED.match(text) and _TOTAL.match(fold(text)))


def _is_footer(text: str) -> bool:
    folded = fold(text)
    return bool(
        _FOOTER.search(folded)
        or _OFFICE.match(text)
        or (len(text) < 80 and _PLACE_DATE.search(folded))
    )


def _names_a_group(text: str) -> bool:
    return bool(_heading(text) or _GROUP.match(text))


def _section(cells: Iterable[str]) -> str | None:
    """A heading under which people were removed, "" one of people added, None any other line."""
    for text in cells:
        words = _COUNT_BEHIND.sub("", _NUMBERING.sub("", clean(text)))
        if found := _SECTION.fullmatch(fold(words)):
            return clean(text) if found["removed"] else ""
    return None


def _heading(text: str) -> tuple[str, str] | None:
    """The hamlet or the category that a heading announces."""
    if len(text) > LONGEST_HEADING:
        return None
    words = clean(_NUMBERING.sub("", text)).strip(" .:-")
    words = _BRACKET_BEHIND.sub("", _COUNT_BEHIND.sub("", words)).strip(" :-")
    if _HAMLET.match(words):
        return "hamlet", words
    if _COMMUNE.match(words):
        return "commune", words
    if code := code_of(words):
        return "category", code
    return None


def _remember(headings: list[tuple[str, str]], cells: tuple[str, ...]) -> bool:
    """A heading replaces one of its kind and everything that stood under that."""
    for text in cells:
        found = _heading(clean(text)) if text.strip() else None
        if found is None:
            continue
        for at, (kind, _) in enumerate(headings):
            if kind == found[0]:
                del headings[at:]
                break
        headings.append(found)
        return True
    return False

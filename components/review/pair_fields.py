"""A possible duplicate in words: its fields side by side, and on what ground it was found."""

from components.review import reasons
from components.review.pairs import Likeness, PairField
from components.ui import formats
from components.ui.formats import row_word
from components.ui.i18n import N_, _
from db.queries.review.duplicates import Pair, Record

_SEX = {"M": N_("Nam"), "F": N_("Nữ")}
_LABELS = {
    "full_name": N_("Họ và tên"),
    "birth_date": N_("Ngày sinh"),
    "sex": N_("Giới tính"),
    "cccd": N_("Số CCCD"),
    "bhxh": N_("Mã số BHXH"),
    "commune_code": N_("Xã, phường"),
    "hamlet": N_("Thôn, bản"),
    "household": N_("Mã hộ"),
}
_HIDDEN = ("hamlet", "household")
"""Fields that a masked record does not show at all."""

_NEAR = {
    "full_name": N_("tên gần giống"),
    "birth_date": N_("ngày sinh gần giống"),
    "cccd": N_("số CCCD lệch một chữ số"),
    "bhxh": N_("mã số BHXH lệch một chữ số"),
}
_SAME = {
    "full_name": N_("cùng họ tên"),
    "birth_date": N_("cùng ngày sinh"),
    "cccd": N_("cùng số CCCD"),
    "bhxh": N_("cùng mã số BHXH"),
    "household": N_("cùng mã hộ"),
}
_DIFFERENT = {
    "full_name": N_("khác họ tên"),
    "birth_date": N_("khác ngày sinh"),
    "sex": N_("khác giới tính"),
    "cccd": N_("khác số CCCD"),
    "commune_code": N_("khác xã: có thể đã chuyển nơi ở"),
}


def fields(pair: Pair) -> list[PairField]:
    """The rows of the pair table; what belongs to somebody else is masked."""
    a, b = _texts(pair.first), _texts(pair.second)
    compared = [
        PairField(_(label), a[name], b[name], Likeness(pair.evidence.get(name, "not_compared")))
        for name, label in _LABELS.items()
    ]
    others = (
        (_("Đối tượng"), _categories(pair.first), _categories(pair.second)),
        (_("Nguồn"), _sources(pair.first), _sources(pair.second)),
        (_("BHXH cơ sở"), pair.first.office, pair.second.office),
    )
    return compared + [PairField(*texts, Likeness.NOT_COMPARED) for texts in others]


def ground(pair: Pair) -> str:
    """One sentence: what agrees and what does not."""
    agree = _said(pair, Likeness.SAME, _SAME) + _said(pair, Likeness.NEAR, _NEAR)
    differ = _said(pair, Likeness.DIFFERENT, _DIFFERENT)
    parts = [", ".join(part) for part in (agree, differ) if part]
    return "".join(f"{part[:1].upper()}{part[1:]}. " for part in parts).strip()


def _said(pair: Pair, likeness: Likeness, words: dict[str, str]) -> list[str]:
    return [_(word) for name, word in words.items() if pair.evidence.get(name) == likeness]


def _texts(record: Record) -> dict[str, str]:
    texts = {
        "full_name": record.full_name,
        "birth_date": formats.birth(record.birth),
        "sex": _(_SEX[record.sex]) if record.sex else "",
        "cccd": record.cccd,
        "bhxh": record.bhxh,
        "commune_code": f"{record.commune}, {record.province}",
        "hamlet": record.hamlet,
        "household": record.household,
    }
    if record.masked:
        texts.update(dict.fromkeys(_HIDDEN, _("(đã che)")))
    return texts


def _categories(record: Record) -> str:
    return _("(đã che)") if record.masked else reasons.labels(record.categories)


def _sources(record: Record) -> str:
    return "; ".join(
        ", ".join(
            filter(
                None,
                (
                    source.list_code,
                    _("dòng {row}").format(row=row_word(source.row_number)),
                    formats.day(source.submitted_at) if source.submitted_at else "",
                ),
            )
        )
        for source in record.sources
    )

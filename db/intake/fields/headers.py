"""Header words become fields: refusals first, then exact words, then patterns."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from db.intake.fields.names import HEADERS, IGNORED, TICK
from db.reference.catalogue import categories
from db.rules.names import clean, fold

SURE, LIKELY = "sure", "likely"
LONGEST_HEADER = 80


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """The field a header names and how sure that is: "sure" or "likely"."""

    field: str
    certainty: str


# What must never become a field although it contains a field's words.
_NEVER = re.compile(
    r"\b(ngay cap|noi cap|cap ngay|co quan cap|cap tai|bien lai|ky nhan|ky ten|chu ky|nguoi nhan|"
    r"nguoi nop|nguoi thu(?! huong)|can bo|nhan vien|don vi (?!xa|phuong)|tai tro|nha hao tam|"
    r"ung ho|giam ho|bo me|ten cha|ten me|cha me|nguoi lap|truong thon|co quan|dai dien|"
    r"noi lam viec|nguoi than|nguoi lien he|noi sinh|khai sinh|noi cap|kcb|kham chua benh|"
    r"benh vien|thoi han|gia tri|han su dung|tu thang|tu ngay|den ngay|den thang|so thang|"
    r"muc huong|muc dong|muc tien|muc thu nhap|so tien|thanh tien|tong tien|(?<!uu )tien|"
    r"kinh phi|tri gia|ty le|he so|nsnn|nsdp|phuong thuc|phuong an|da co so|nam ngheo|"
    r"ngay het han|giay chung nhan|so so ho ngheo|ma so ho ngheo|quoc tich|email|tai khoan|"
    r"ngan hang|ma so thue|ms thue|mst|ghi chu|ly do|noi dung|gc|trang thai|que quan|"
    r"nguyen quan|stk|ma vung|nghe nghiep|trinh do|so nhan khau|so khau|loai khai bao|"
    r"dang ky(?! thuong tru| ho khau| hktt| tam tru)|dkkcb|"
    r"(?:cccd|cmnd|cmt|can cuoc|ngay sinh|nam sinh).*chu ho(?! thanh vien)|ngay chet|dai ly|"
    r"(?:ten|sinh|cccd|cmnd|can cuoc|tuoi) (?:cua )?(?:bo|vo|chong|con|nguoi nha|phu huynh)|"
    r"diem thu)\b"
)
_NEVER_EXCEPT = frozenset(
    {
        *("ho va ten khai sinh", "noi dung ho tro", "hinh thuc ho tro", "nguoi nhan ho tro"),
        *("ten nguoi nhan ho tro", "ho va ten nguoi nhan ho tro", "noi dung de nghi ho tro"),
        *("noi dung de nghi", "noi dung tang", "don vi hanh chinh cap xa"),
    }
)

_RELATIVE = re.compile(
    r"^(?:thông tin )?(?:về )?(?:người )?(?:cha|bố|ba|mẹ|má|vợ|chồng|con|phụ huynh|người nhà|"
    r"(?:cha|bố) mẹ|vợ chồng)$"
)
"""Whose name, birth and number stand under such a parent is not who is listed."""
_PLACE_OF_ADDRESS = re.compile(r"(?:địa chỉ|thường trú|cư trú|nơi ở|chỗ ở).*[-–:>]\s*([^-–:>]+)$")
"""Địa chỉ nhận kết quả - Xã (*)"""

_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"^so luong so\b", "benefit_si"),
    (r"^so luong the\b", "benefit_hi"),
    (r"(dien thoai|sdt|so dt).*chu ho", "head_phone"),
    (r"quan he|\bq he\b|^qh\b", "relation"),
    (r"(ho (va )?ten|ten).*chu ho(?! thanh vien)", "head_name"),
    (r"^chu ho", "head_name"),
    (r"ho (va )?(ten |chu )?(dem|lot)$", "family_name"),
    (r"^hinh thuc", "benefit"),
    (r"ho (va |chu dem (va )?)?ten|^ten nguoi|nguoi thu huong", "full_name"),
    (r"(ma|so) the (bhyt|bao hiem y te)|^ma so bhyt", "hi_card"),
    (r"(ma so|ma|so so|so) (bhxh|bao hiem xa hoi)", "bhxh"),
    (r"\b(cccd|cmnd|cmt|can cuoc|dinh danh|ddcn|cntnd)\b", "cccd"),
    (r"(ma|so) (so )?(ho gia dinh|hgd|ho khau)", "household"),
    (r"ngay.*sinh|nam sinh|thang nam sinh", "birth"),
    (r"gioi tinh|nam nu", "sex"),
    (r"^dan toc|thanh phan dan toc", "people"),
    (r"dien thoai|\bsdt\b|di dong", "phone"),
    (r"tang (so|bhxh)|ho tro (so|bhxh)", "benefit_si"),
    (r"tang (the|bhyt)|ho tro (the|bhyt)", "benefit_hi"),
    (r"hinh thuc|loai ho tro", "benefit"),
    (r"doi tuong|hoan canh|thuoc dien|dien ho", "category"),
    (r"^(xa|phuong|xa phuong|phuong xa|xa phuong dac khu) dia chi", "commune_code"),
    (r"^(quan|huyen|quan huyen) dia chi", "district"),
    (r"^(tinh|tinh tp|tinh thanh pho) dia chi", "province"),
    (r"dia chi|thuong tru|cu tru|noi o|cho o", "address"),
    (r"^(ten |ma )?(xa|phuong)\b", "commune_code"),
    (r"^(ten )?(quan|huyen)\b", "district"),
    (r"^(ten )?(thon|ban|buon|ap|khom|khu pho|to dan pho|xom)\b", "hamlet"),
)
_COMPILED = tuple((re.compile(pattern), field) for pattern, field in _PATTERNS)
_ANY_PATTERN = re.compile("|".join(f"(?:{pattern})" for pattern, _ in _PATTERNS))

_ONLY_YEAR = re.compile(r"^chi (?:co|biet|nho|ghi) (?:duoc )?nam(?: sinh)?\b")
_LOST_SPACE = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
"""HoVaTen, NgaySinh: as software names its columns."""
_BRACKET = re.compile(r"\([^()]*\)")
_NOT_WORDS = re.compile(r"[^\w\s]+")
_BIRTH_PARENT = re.compile(r"sinh|ntns|^ns$")
_CERTAIN_LEAVES = {"male": "nam", "female": "nu"}


@lru_cache(maxsize=8_192)
def match_header(path: tuple[str, ...]) -> HeaderMatch | None:
    """The field of a column whose header reads, from the top, as `path`; None if unknown."""
    parts = [fold(_LOST_SPACE.sub(" ", part)) for part in path]
    parts = [part for part in parts if part]
    if not parts:
        return None
    leaf, parents, full = parts[-1], parts[:-1], " ".join(parts)
    if len(leaf) > LONGEST_HEADER or full.replace(" ", "").isdecimal():
        return None
    spelled = clean(path[-1]).lower()
    if special := _special(leaf, parents, spelled):
        return HeaderMatch(special, SURE)
    if _NEVER.search(full) and leaf not in _NEVER_EXCEPT and full not in _own_words():
        return HeaderMatch(IGNORED, SURE)
    if any(_RELATIVE.match(_words_of(parent)) for parent in path[:-1]):
        return HeaderMatch(IGNORED, SURE)
    if place := _place_of_address(spelled):
        return HeaderMatch(place, LIKELY)
    for words in (leaf, full):
        if field := _exact_words().get(words):
            certainty = LIKELY if parents[-1:] == ["chu ho"] else SURE
            return HeaderMatch(_by_accent(field, words, spelled), certainty)
    for words in (leaf, full):
        if not _ANY_PATTERN.search(words):
            continue
        for pattern, field in _COMPILED:
            if pattern.search(words):
                return HeaderMatch(field, LIKELY)
    if code := _category_codes().get(full):
        return HeaderMatch(f"{TICK}{code}", LIKELY)
    if field := _exact_words().get(fold(_BRACKET.sub(" ", path[-1]))):
        return HeaderMatch(field, LIKELY)
    return None


def _words_of(header: str) -> str:
    return clean(_NOT_WORDS.sub(" ", header)).lower()


def _place_of_address(spelled: str) -> str | None:
    """The commune, district or province of an address that is told in several columns."""
    found = _PLACE_OF_ADDRESS.search(spelled)
    field = _exact_words().get(fold(found[1])) if found else None
    return field if field in ("commune_code", "district", "province", "hamlet") else None


def _special(leaf: str, parents: list[str], spelled: str) -> str | None:
    """Sub-headers that only mean something under their parent, and category columns."""
    if _ONLY_YEAR.match(leaf):
        return "only_year_or_month" if "thang" in leaf else "only_year"
    under_birth = any(_BIRTH_PARENT.search(parent) for parent in parents)
    if under_birth and (part := _birth_part(leaf, spelled)):
        return part
    if leaf in ("nam sinh nam", "ngay thang nam sinh nam", "ngay sinh nam", "gioi tinh nam"):
        return "male"
    if leaf in ("nam sinh nu", "ngay thang nam sinh nu", "ngay sinh nu", "gioi tinh nu"):
        return "female"
    if parents and leaf in _category_codes() and _names_categories(parents[-1]):
        return f"{TICK}{_category_codes()[leaf]}"
    if parents[-1:] == ["chu ho"] and _exact_words().get(leaf) == "full_name":
        return "head_name"
    if spelled == "năm":
        return None
    for field, word in _CERTAIN_LEAVES.items():
        if leaf == word:
            return field
    return None


def _names_categories(parent: str) -> bool:
    found = match_header((parent,))
    return found is not None and found.field == "category"


@cache
def _category_codes() -> dict[str, str]:
    """Codes as short as "HN" surely name a column only under a header for categories."""
    return {fold(category.code): category.code for category in categories()}


def _birth_part(leaf: str, spelled: str) -> str | None:
    if spelled == "năm":
        return "birth_year"
    return {
        "ngay": "birth_day",
        "thang": "birth_month",
        "nam": "male",
        "nu": "female",
    }.get(leaf)


def _by_accent(field: str, words: str, spelled: str) -> str:
    """Words that differ only in accents: "Sổ BHXH" is a gift, "Số BHXH" a number."""
    if words == "so bhxh" and spelled.startswith("sổ"):
        return "benefit_si"
    if words == "dt" and spelled.startswith("đ"):
        return "phone"
    if words == "so bao hiem xa hoi" and spelled.startswith("số"):
        return "bhxh"
    return field


@cache
def _own_words() -> frozenset[str]:
    """What the table of fields names in full: no ban on a part of it counts."""
    return frozenset(word for words in HEADERS.values() for word in words)


@cache
def _exact_words() -> dict[str, str]:
    known: dict[str, str] = {}
    for field, words in HEADERS.items():
        for word in words:
            known.setdefault(word, field)
    for category in categories():
        for word in (fold(category.label), fold(category.code), *category.aliases):
            if len(word) > 2:
                known.setdefault(word, f"{TICK}{category.code}")
    known["dt"] = "people"
    known["mstb"] = f"{TICK}MSTB"
    return known

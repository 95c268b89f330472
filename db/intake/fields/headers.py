"""Header words become fields: refusals first, then exact words, then patterns."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from db.intake.fields.names import IGNORED, TICK
from db.reference.catalogue import categories
from db.rules.names import clean, fold

SURE, LIKELY = "sure", "likely"
LONGEST_HEADER = 80


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """The field a header names and how sure that is: "sure" or "likely"."""

    field: str
    certainty: str


# Words exactly as lists write them, accents folded. Sources: forms D03-TS, D05-TS, TK1-TS and the
# grids of collection software.
_EXACT: dict[str, str] = {
    "order": "stt;so tt;tt;so thu tu;no;s tt;s t t;tt stt;stt tt;stt ho;tt ho;so tt ho",
    "full_name": "ho va ten;ho ten;ho va ten nguoi tham gia;ho chu dem va ten;ho chu dem ten;"
    "ho va ten khai sinh;ten nguoi duoc ho tro;nguoi thu huong;ho ten thanh vien;ten thanh vien;"
    "ho va ten doi tuong;ho va ten nguoi thu huong;ho va ten nguoi duoc ho tro;nguoi duoc ho tro;"
    "ho va ten thanh vien;ho va ten nguoi co hoan canh kho khan;ten doi tuong;full name;"
    "ho va ten chu ho thanh vien;ten nguoi tham gia;ho va ten nguoi de nghi;h va ten;"
    "ho va ten nguoi duoc tang;nguoi duoc tang;ho va ten nguoi huong;name;nguoi nhan ho tro;"
    "ten nguoi nhan ho tro;ho va ten nguoi nhan ho tro",
    "family_name": "ho va ten dem;ho va chu dem;ho dem;ho lot;ho va ten lot;ho chu dem;ho",
    "middle_name": "dem;ten dem;chu dem;lot;ten lot",
    "given_name": "ten",
    "head_name": "ho va ten chu ho;ho ten chu ho;ten chu ho;chu ho",
    "relation": "quan he voi chu ho;moi quan he voi chu ho;moi quan he;quan he;qhch;ma quan he;"
    "qh voi chu ho;quan he chu ho;qh;"
    "la gi voi chu ho",
    "birth": "ngay sinh;ngay thang nam sinh;nam sinh;ns;ngay thang sinh;ntns;sinh ngay;sinh gt;"
    "ngay sinh chi nhap nam neu chi nho nam sinh;ngay sinh dd mm yyyy;"
    "ngay thang nam sinh dd mm yyyy;birth;date of birth;dob;sinh nam;"
    "ngay sinh nam sinh;ngay thang nam sinh hoac nam sinh",
    "age": "tuoi;do tuoi;so tuoi",
    "sex": "gioi tinh;gioi tinh nam nu;gt;nam nu;phai;g tinh;sex;gender;nu nam;gioi",
    "cccd": "so cccd;cccd;cccd cmnd;cmnd cccd;so cmnd;cmnd;so cmt;cmt;so cccd cmnd;so cmnd cccd;"
    "so cmnd ho chieu the can cuoc;so cccd cntd ddcn ho chieu;cccd cntnd ddcn ho chieu;"
    "so cccd dinh danh;so cccd ddcn;so cmnd cccd hoac ma so dinh danh;so dinh danh ca nhan;sddcn;"
    "so can cuoc;ma dinh danh;so giay to;so can cuoc cong dan;can cuoc cong dan;can cuoc;ddcn;"
    "so ddcn;ma dinh danh ca nhan;so dinh danh;the can cuoc;so the can cuoc;can cuoc cccd;"
    "so cc cccd;so cccd can cuoc;so can cuoc cccd;cccd so dinh danh ca nhan;cccd ma dinh danh;"
    "id number;id no;citizen id",
    "bhxh": "ma so bhxh;ma bhxh;ma so bhxh 10 so;so so bhxh;ma so so bhxh;kiem tra ma so bhxh;"
    "so bhxh;ma so bao hiem xa hoi;so so bao hiem xa hoi;so so;ma so bhxh neu co;"
    "ma dinh danh bhxh;ma so bh;ma bh;so bh",
    "hi_card": "ma the bhyt;so the bhyt;ma so bhyt;ma the;ma so the bhyt;so the;ma bhyt;"
    "ma the bao hiem y te;so the bao hiem y te;ma so the;so bhyt",
    "household": "ma so ho gia dinh;ma ho gia dinh;ma ho;ma ho ngheo;so ho khau;ho gia dinh;"
    "ma hgd;ma ho gd;ma so hgd;ma so ho;ho so;so ho;"
    "ma ho qg;so so hk",
    "people": "dan toc;ma dan toc;thanh phan dan toc",
    "address": "dia chi;dia chi cu tru;dia chi lien he;dia chi thuong tru;hktt;noi thuong tru;"
    "noi o hien nay;cho o hien tai;dia chi thon;dia chi dang sinh song;noi cu tru;noi o;"
    "ho khau thuong tru;noi o hien tai;so nha duong pho thon xom;dia chi noi o;cho o hien nay;"
    "dia chi nhan ho so;thuong tru;cho o;dia chi hien nay;"
    "d c;d chi;dc;noi dktt;dktt;noi dkhk thuong tru;noi dk thuong tru;noi dang ky thuong tru;"
    "noi dang ky ho khau thuong tru;dang ky thuong tru;"
    "ho khau;noi dang ky hktt;so nha",
    "hamlet": "thon xom;ten thon xom;thon;ban;buon;ap;khom;khu pho;to dan pho;to;khu;kp;tdp;xom;"
    "lang;thon ban;thon to dan pho;thon ban to dan pho;thon to;thon xom ban;ap khom;ap khu pho;"
    "thon khu pho;phum soc;ten thon;thon ap;thon ban xom;thon ban khu pho;xom thon;khoi;khoi xom",
    "commune_code": "xa;xa phuong;phuong xa;xa phuong dac khu;ten xa;ma xa;ma xa phuong;phuong;"
    "xa phuong thi tran;dac khu;xa phuong tt;dia ban xa;phuong xa dac khu;ma xa phuong dac khu;"
    "don vi xa phuong;don vi xa;don vi phuong xa;don vi xa phuong dac khu;"
    "xa moi;xa phuong moi;ten xa moi;"
    "ubnd xa;don vi hanh chinh cap xa;xa noi cu tru",
    "district": "huyen;quan huyen;huyen quan;quan;huyen tx;huyen cu;quan huyen cu;huyen thi;"
    "huyen tx tp;quan huyen thi xa;huyen thi xa;huyen thi xa thanh pho",
    "province": "tinh;tinh tp;tinh cu;tinh tp truc thuoc tw;"
    "tinh thanh pho truc thuoc trung uong;tinh thanh pho;tinh thanh;thanh pho;ma tinh",
    "phone": "so dien thoai;dien thoai;sdt;so dien thoai lien he;dien thoai lien he;d thoai;so dt;"
    "zalo;sdt lien he;so dt lien he;dtdd;mobile;phone;dt lien he;sdt zalo;so di dong;so dtdd;"
    "so zalo;so lien he;so lien lac;so may;so mobile",
    "head_phone": "so dien thoai chu ho;sdt chu ho;dien thoai chu ho",
    "category": "doi tuong;phan loai;dien ho;loai doi tuong;ma doi tuong;thuoc dien;hoan canh;"
    "hoan canh gia dinh;ho ngheo can ngheo;ghi ro doi tuong;doi tuong ho tro;doi tuong tham gia;"
    "thuoc doi tuong;nhom doi tuong;dien;dien doi tuong;ho ngheo ho can ngheo;loai ho;"
    "dien chinh sach;phan loai doi tuong;phan loai ho;hoan canh kho khan;"
    "dt thuoc dien;hoan canh cu the;category",
    "benefit": "hinh thuc ho tro;loai ho tro;noi dung ho tro;hinh thuc tang;loai hinh ho tro;"
    "de nghi ho tro;de nghi tang;noi dung de nghi ho tro;noi dung de nghi;ho tro;qua tang;loai;"
    "so bhxh the bhyt;the bhyt so bhxh;bhxh bhyt;bhyt bhxh;tang so the;loai bao hiem;"
    "noi dung tang;loai qua tang;"
    "loai hinh;de xuat ho tro;de xuat",
    "benefit_si": "tang so bhxh;tang so;ho tro so bhxh;so bao hiem xa hoi;bhxh tu nguyen;"
    "ho tro bhxh tu nguyen;bhxh tn;tang so bhxh tu nguyen;de nghi tang so bhxh",
    "benefit_hi": "tang the bhyt;tang the;ho tro the bhyt;the bhyt;bhyt ho gia dinh;"
    "the bao hiem y te;ho tro bhyt;bhyt hgd;de nghi tang the bhyt;bhyt",
}

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
    if _NEVER.search(full) and leaf not in _NEVER_EXCEPT:
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
def _exact_words() -> dict[str, str]:
    known: dict[str, str] = {}
    for field, words in _EXACT.items():
        for word in words.split(";"):
            known.setdefault(word, field)
    for category in categories():
        for word in (fold(category.label), fold(category.code), *category.aliases):
            if len(word) > 2:
                known.setdefault(word, f"{TICK}{category.code}")
    known["dt"] = "people"
    known["mstb"] = f"{TICK}MSTB"
    return known

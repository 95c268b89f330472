"""The fields of a person that a list may hold, all that is known of each in one table.

Words of headers are as lists write them, accents folded; from forms D03-TS, D05-TS, TK1-TS and the
grids of collection software.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from db.reference.catalogue import categories

IGNORED = "ignore"
TICK = "tick:"


@dataclass(frozen=True, slots=True)
class Field:
    """`is_free_text`: it may say anything, and no other cell helps to understand it.

    `is_stored`: a column of the person, holding `longest` characters where it is text.
    `may_say_above`: "nt" stands for the row above; `fills_down`: so does a blank in a household.
    """

    label: str
    headers: str = ""
    is_free_text: bool = False
    is_stored: bool = False
    longest: int | None = None
    may_say_above: bool = False
    fills_down: bool = False


_OF_A_ROW = {
    "full_name": Field(
        "Họ và tên",
        "ho va ten;ho ten;ho va ten nguoi tham gia;ho chu dem va ten;ho chu dem ten;"
        "ho va ten khai sinh;ten nguoi duoc ho tro;nguoi thu huong;ho ten thanh vien;"
        "ten thanh vien;"
        "ho va ten doi tuong;ho va ten nguoi thu huong;ho va ten nguoi duoc ho tro;"
        "nguoi duoc ho tro;"
        "ho va ten thanh vien;ho va ten nguoi co hoan canh kho khan;ten doi tuong;full name;"
        "ho va ten chu ho thanh vien;ten nguoi tham gia;ho va ten nguoi de nghi;h va ten;"
        "ho va ten nguoi duoc tang;nguoi duoc tang;ho va ten nguoi huong;name;nguoi nhan ho tro;"
        "ten nguoi nhan ho tro;ho va ten nguoi nhan ho tro",
    ),
    "birth": Field(
        "Ngày sinh",
        "ngay sinh;ngay thang nam sinh;nam sinh;ns;ngay thang sinh;ntns;sinh ngay;sinh gt;"
        "ngay sinh chi nhap nam neu chi nho nam sinh;ngay sinh dd mm yyyy;"
        "ngay thang nam sinh dd mm yyyy;birth;date of birth;dob;sinh nam;"
        "ngay sinh nam sinh;ngay thang nam sinh hoac nam sinh",
        may_say_above=True,
    ),
    "sex": Field(
        "Giới tính",
        "gioi tinh;gioi tinh nam nu;gt;nam nu;phai;g tinh;sex;gender;nu nam;gioi",
        is_stored=True,
        may_say_above=True,
    ),
    "cccd": Field(
        "Số CCCD",
        "so cccd;cccd;cccd cmnd;cmnd cccd;so cmnd;cmnd;so cmt;cmt;so cccd cmnd;so cmnd cccd;"
        "so cmnd ho chieu the can cuoc;so cccd cntd ddcn ho chieu;cccd cntnd ddcn ho chieu;"
        "so cccd dinh danh;so cccd ddcn;so cmnd cccd hoac ma so dinh danh;so dinh danh ca nhan;"
        "sddcn;"
        "so can cuoc;ma dinh danh;so giay to;so can cuoc cong dan;can cuoc cong dan;can cuoc;ddcn;"
        "so ddcn;ma dinh danh ca nhan;so dinh danh;the can cuoc;so the can cuoc;can cuoc cccd;"
        "so cc cccd;so cccd can cuoc;so can cuoc cccd;cccd so dinh danh ca nhan;cccd ma dinh danh;"
        "id number;id no;citizen id",
        is_stored=True,
    ),
    "bhxh": Field(
        "Mã số BHXH",
        "ma so bhxh;ma bhxh;ma so bhxh 10 so;so so bhxh;ma so so bhxh;kiem tra ma so bhxh;"
        "so bhxh;ma so bao hiem xa hoi;so so bao hiem xa hoi;so so;ma so bhxh neu co;"
        "ma dinh danh bhxh;ma so bh;ma bh;so bh",
        is_stored=True,
    ),
    "hi_card": Field(
        "Mã thẻ BHYT",
        "ma the bhyt;so the bhyt;ma so bhyt;ma the;ma so the bhyt;so the;ma bhyt;"
        "ma the bao hiem y te;so the bao hiem y te;ma so the;so bhyt",
        is_stored=True,
    ),
    "category": Field(
        "Đối tượng",
        "doi tuong;phan loai;dien ho;loai doi tuong;ma doi tuong;thuoc dien;hoan canh;"
        "hoan canh gia dinh;ho ngheo can ngheo;ghi ro doi tuong;doi tuong ho tro;"
        "doi tuong tham gia;"
        "thuoc doi tuong;nhom doi tuong;dien;dien doi tuong;ho ngheo ho can ngheo;loai ho;"
        "dien chinh sach;phan loai doi tuong;phan loai ho;hoan canh kho khan;"
        "dt thuoc dien;hoan canh cu the;category",
        may_say_above=True,
    ),
    "commune_code": Field(
        "Xã",
        "xa;xa phuong;phuong xa;xa phuong dac khu;ten xa;ma xa;ma xa phuong;phuong;"
        "xa phuong thi tran;dac khu;xa phuong tt;dia ban xa;phuong xa dac khu;ma xa phuong dac khu;"
        "don vi xa phuong;don vi xa;don vi phuong xa;don vi xa phuong dac khu;"
        "xa moi;xa phuong moi;ten xa moi;"
        "ubnd xa;don vi hanh chinh cap xa;xa noi cu tru",
        may_say_above=True,
        fills_down=True,
    ),
    "hamlet": Field(
        "Thôn, bản",
        "thon xom;ten thon xom;thon;ban;buon;ap;khom;khu pho;to dan pho;to;khu;kp;tdp;xom;"
        "lang;thon ban;thon to dan pho;thon ban to dan pho;thon to;thon xom ban;ap khom;ap khu pho;"
        "thon khu pho;phum soc;ten thon;thon ap;thon ban xom;thon ban khu pho;xom thon;khoi;"
        "khoi xom",
        is_stored=True,
        longest=120,
        may_say_above=True,
        fills_down=True,
    ),
    "address": Field(
        "Địa chỉ",
        "dia chi;dia chi cu tru;dia chi lien he;dia chi thuong tru;hktt;noi thuong tru;"
        "noi o hien nay;cho o hien tai;dia chi thon;dia chi dang sinh song;noi cu tru;noi o;"
        "ho khau thuong tru;noi o hien tai;so nha duong pho thon xom;dia chi noi o;cho o hien nay;"
        "dia chi nhan ho so;thuong tru;cho o;dia chi hien nay;"
        "d c;d chi;dc;noi dktt;dktt;noi dkhk thuong tru;noi dk thuong tru;noi dang ky thuong tru;"
        "noi dang ky ho khau thuong tru;dang ky thuong tru;"
        "ho khau;noi dang ky hktt;so nha",
        is_stored=True,
        longest=300,
        may_say_above=True,
        fills_down=True,
    ),
    "phone": Field(
        "Số điện thoại",
        "so dien thoai;dien thoai;sdt;so dien thoai lien he;dien thoai lien he;d thoai;so dt;"
        "zalo;sdt lien he;so dt lien he;dtdd;mobile;phone;dt lien he;sdt zalo;so di dong;so dtdd;"
        "so zalo;so lien he;so lien lac;so may;so mobile",
        is_stored=True,
        longest=40,
        may_say_above=True,
    ),
    "household": Field(
        "Mã hộ gia đình",
        "ma so ho gia dinh;ma ho gia dinh;ma ho;ma ho ngheo;so ho khau;ho gia dinh;"
        "ma hgd;ma ho gd;ma so hgd;ma so ho;ho so;so ho;"
        "ma ho qg;so so hk",
        is_free_text=True,
        is_stored=True,
        longest=40,
        may_say_above=True,
        fills_down=True,
    ),
    "relation": Field(
        "Quan hệ với chủ hộ",
        "quan he voi chu ho;moi quan he voi chu ho;moi quan he;quan he;qhch;ma quan he;"
        "qh voi chu ho;quan he chu ho;qh;"
        "la gi voi chu ho",
        is_free_text=True,
        is_stored=True,
        longest=60,
        may_say_above=True,
    ),
    "benefit": Field(
        "Hình thức hỗ trợ",
        "hinh thuc ho tro;loai ho tro;noi dung ho tro;hinh thuc tang;loai hinh ho tro;"
        "de nghi ho tro;de nghi tang;noi dung de nghi ho tro;noi dung de nghi;ho tro;qua tang;loai;"
        "so bhxh the bhyt;the bhyt so bhxh;bhxh bhyt;bhyt bhxh;tang so the;loai bao hiem;"
        "noi dung tang;loai qua tang;"
        "loai hinh;de xuat ho tro;de xuat",
        may_say_above=True,
    ),
}
"""In the order of the contract."""

_HELPING = {
    "family_name": Field(
        "Họ và tên đệm",
        "ho va ten dem;ho va chu dem;ho dem;ho lot;ho va ten lot;ho chu dem;ho",
    ),
    "middle_name": Field(
        "Tên đệm",
        "dem;ten dem;chu dem;lot;ten lot",
    ),
    "given_name": Field(
        "Tên",
        "ten",
    ),
    "birth_day": Field(
        "Ngày sinh: ngày",
    ),
    "birth_month": Field(
        "Ngày sinh: tháng",
    ),
    "birth_year": Field(
        "Ngày sinh: năm",
    ),
    "only_year": Field(
        "Chỉ có năm sinh (Có/Không)",
    ),
    "only_year_or_month": Field(
        "Chỉ có năm sinh hoặc tháng/năm",
    ),
    "male": Field(
        "Nam (năm sinh hoặc dấu x)",
    ),
    "female": Field(
        "Nữ (năm sinh hoặc dấu x)",
    ),
    "age": Field(
        "Tuổi",
        "tuoi;do tuoi;so tuoi",
    ),
    "benefit_hi": Field(
        "Tặng thẻ BHYT (đánh dấu)",
        "tang the bhyt;tang the;ho tro the bhyt;the bhyt;bhyt ho gia dinh;"
        "the bao hiem y te;ho tro bhyt;bhyt hgd;de nghi tang the bhyt;bhyt",
    ),
    "benefit_si": Field(
        "Tặng sổ BHXH (đánh dấu)",
        "tang so bhxh;tang so;ho tro so bhxh;so bao hiem xa hoi;bhxh tu nguyen;"
        "ho tro bhxh tu nguyen;bhxh tn;tang so bhxh tu nguyen;de nghi tang so bhxh",
    ),
    "people": Field(
        "Dân tộc",
        "dan toc;ma dan toc;thanh phan dan toc",
        may_say_above=True,
    ),
    "district": Field(
        "Huyện (cũ)",
        "huyen;quan huyen;huyen quan;quan;huyen tx;huyen cu;quan huyen cu;huyen thi;"
        "huyen tx tp;quan huyen thi xa;huyen thi xa;huyen thi xa thanh pho",
        may_say_above=True,
    ),
    "province": Field(
        "Tỉnh, thành phố",
        "tinh;tinh tp;tinh cu;tinh tp truc thuoc tw;"
        "tinh thanh pho truc thuoc trung uong;tinh thanh pho;tinh thanh;thanh pho;ma tinh",
        may_say_above=True,
    ),
    "head_name": Field(
        "Họ tên chủ hộ",
        "ho va ten chu ho;ho ten chu ho;ten chu ho;chu ho",
    ),
    "head_phone": Field(
        "Số điện thoại chủ hộ",
        "so dien thoai chu ho;sdt chu ho;dien thoai chu ho",
    ),
    "order": Field(
        "Số thứ tự",
        "stt;so tt;tt;so thu tu;no;s tt;s t t;tt stt;stt tt;stt ho;tt ho;so tt ho",
    ),
}
"""What a column may hold besides: parts of a field, marks, and what only helps to read."""

_KNOWN = _OF_A_ROW | _HELPING
_TICKS = {f"{TICK}{one.code}": f"{one.label} (đánh dấu)" for one in categories()}

FIELDS: Mapping[str, str] = MappingProxyType(
    {name: field.label for name, field in _OF_A_ROW.items()}
)
"""The fields of a row, in the order of the contract, with their Vietnamese names."""

COLUMN_CHOICES: Mapping[str, str] = MappingProxyType(
    {name: field.label for name, field in _KNOWN.items()} | _TICKS | {IGNORED: "Bỏ qua cột này"}
)
"""Everything that a person may say a column is."""

HEADERS = {name: field.headers.split(";") for name, field in _KNOWN.items() if field.headers}
DITTO_FIELDS = tuple(name for name, field in _KNOWN.items() if field.may_say_above)
FILLED_DOWN = tuple(name for name, field in _KNOWN.items() if field.fills_down)
FREE_TEXTS = tuple(name for name, field in _OF_A_ROW.items() if field.is_free_text)
STORED = {name: field.longest for name, field in _OF_A_ROW.items() if field.is_stored}
"""{column of a person: the most characters it holds, None where its rule says}."""

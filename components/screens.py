"""Every screen: where it lives, what it is called, who may open it."""

from copy import copy
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

from components.ui.i18n import N_, _, language
from db.queries.admin.accounts import User
from db.rules.access import Action, Role, may


@dataclass(frozen=True, slots=True)
class Screen:
    # Pages live one folder deep. A page directly under pages/ would be served by
    # Streamlit's old automatic navigation, without app.py and so without the sign-in,
    # to the first visitor after every restart.
    file: str
    title: str
    icon: str
    url_path: str
    action: Action
    listed: bool = True
    """Whether it stands in the menu; the others are reached from their group's first screen."""
    group: str = ""
    """Address of that first screen, which the menu marks instead."""


START = Screen(
    "pages/home/start.py",
    N_("Trang đầu"),
    ":material/home:",
    "dau",
    Action.SEE_OWN_ACCOUNT,
    listed=False,
)
"""The bare address. Streamlit does not find its default page under an address of its own, so
none of the others may be it."""
WORK = Screen("pages/home/work.py", N_("Việc cần làm"), ":material/inbox:", "viec", Action.SEE_WORK)
PROGRESS = Screen(
    "pages/progress/progress.py",
    N_("Tiến độ"),
    ":material/bar_chart:",
    "tien-do",
    Action.SEE_PROGRESS,
)
GOALS = Screen(
    "pages/progress/goals.py",
    N_("Kế hoạch và mục tiêu"),
    ":material/flag:",
    "muc-tieu",
    Action.SEE_GOALS,
    listed=False,
    group="tien-do",
)
DONORS = Screen(
    "pages/donors/pledges.py",
    N_("Nhà hảo tâm"),
    ":material/volunteer_activism:",
    "nha-hao-tam",
    Action.SEE_DONORS,
)
PLEDGE = Screen(
    "pages/donors/pledge.py",
    N_("Đăng ký hỗ trợ"),
    ":material/receipt_long:",
    "dang-ky",
    Action.SEE_DONORS,
    listed=False,
    group="nha-hao-tam",
)
UPLOAD = Screen(
    "pages/lists/upload.py",
    N_("Nộp danh sách"),
    ":material/upload_file:",
    "nop",
    Action.SEE_LISTS,
)
LISTS = Screen(
    "pages/lists/history.py",
    N_("Danh sách đã nộp"),
    ":material/history:",
    "danh-sach",
    Action.SEE_LISTS,
    listed=False,
    group="nop",
)
REVIEW = Screen(
    "pages/review/review.py",
    N_("Rà soát"),
    ":material/fact_check:",
    "ra-soat",
    Action.SEE_REVIEW,
)
PAIRS = Screen(
    "pages/review/pairs.py",
    N_("Nghi trùng"),
    ":material/compare_arrows:",
    "nghi-trung",
    Action.SEE_REVIEW,
    listed=False,
    group="ra-soat",
)
POSTING = Screen(
    "pages/review/posting.py",
    N_("Niêm yết"),
    ":material/campaign:",
    "niem-yet",
    Action.SEE_POSTING,
    listed=False,
    group="ra-soat",
)
MATCHING = Screen(
    "pages/matching/propose.py",
    N_("Ghép và duyệt"),
    ":material/rule:",
    "ghep",
    Action.SEE_MATCHING,
)
APPROVAL = Screen(
    "pages/matching/approve.py",
    N_("Duyệt đợt ghép"),
    ":material/verified:",
    "duyet",
    Action.SEE_APPROVAL,
    listed=False,
    group="ghep",
)
ISSUING = Screen(
    "pages/matching/issue.py",
    N_("Cấp thẻ, cấp sổ"),
    ":material/badge:",
    "cap",
    Action.SEE_ISSUING,
    listed=False,
    group="ghep",
)
HANDOVER = Screen(
    "pages/handover/events.py",
    N_("Trao tặng"),
    ":material/redeem:",
    "trao",
    Action.SEE_HANDOVER,
)
EVENT = Screen(
    "pages/handover/event.py",
    N_("Lễ trao tặng"),
    ":material/event:",
    "le-trao",
    Action.SEE_HANDOVER,
    listed=False,
    group="trao",
)
ACCOUNTS = Screen(
    "pages/admin/accounts.py",
    N_("Tài khoản"),
    ":material/group:",
    "tai-khoan",
    Action.SEE_ACCOUNTS,
)
OFFICES = Screen(
    "pages/admin/offices.py",
    N_("BHXH cơ sở"),
    ":material/apartment:",
    "don-vi",
    Action.SEE_ACCOUNTS,
)
AUDIT = Screen(
    "pages/admin/audit.py",
    N_("Nhật ký thao tác"),
    ":material/manage_search:",
    "nhat-ky",
    Action.SEE_AUDIT,
)
PASSWORD = Screen(
    "pages/account/password.py",
    N_("Đổi mật khẩu"),
    ":material/key:",
    "mat-khau",
    Action.SEE_OWN_ACCOUNT,
    listed=False,
)
ALL = (
    START,
    WORK,
    PROGRESS,
    GOALS,
    DONORS,
    PLEDGE,
    UPLOAD,
    LISTS,
    REVIEW,
    PAIRS,
    POSTING,
    MATCHING,
    APPROVAL,
    ISSUING,
    HANDOVER,
    EVENT,
    ACCOUNTS,
    OFFICES,
    AUDIT,
    PASSWORD,
)


def home(role: Role) -> Screen:
    """Where a role lands: its work queue, or the progress charts for leaders."""
    return WORK if may(role, WORK.action) else PROGRESS


def way_home(user: User) -> None:
    """Below a refusal that left the page empty."""
    there = home(user.role)
    st.page_link(
        there.file, label=_("Về trang {title}").format(title=_(there.title)), icon=there.icon
    )


def group_of(page: StreamlitPage) -> str:
    """The address that the menu marks for a page that does not stand in it."""
    return next((screen.group for screen in ALL if screen.url_path == page.url_path), "")


def navigation(user: User | None) -> StreamlitPage:
    """Register every screen, list only the user's.

    Screens stay registered while nobody is signed in, so a bookmarked address
    survives the sign-in form.
    """
    listed = tuple(screen for screen in ALL if user and _listed(user, screen))
    # Copies: Streamlit notes in a page that this run may draw it.
    pages = [copy(page) for page in _pages(language(), listed)]
    return st.navigation(pages, position="top" if user else "hidden")


@lru_cache
def _pages(_language: str, listed: tuple[Screen, ...]) -> tuple[StreamlitPage, ...]:
    """The pages with their titles in a language; looking twenty files up costs a drawing's half."""
    return tuple(
        st.Page(
            screen.file,
            title=_(screen.title),
            icon=screen.icon,
            url_path=screen.url_path,
            default=screen is START,
            visibility="visible" if screen in listed else "hidden",
        )
        for screen in ALL
    )


def _listed(user: User, screen: Screen) -> bool:
    return screen.listed and may(user.role, screen.action) and not user.must_change_password

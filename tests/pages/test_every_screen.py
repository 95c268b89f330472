"""Every screen opens for every role that may see it and is refused to all others."""

import pytest

from components import screens
from db.rules.access import Role, may
from tests import world
from tests.pages.opening import open_as, texts

pytestmark = pytest.mark.usefixtures("database")

ONE_OF_EACH = {role: name for name, (role, _province) in reversed(world.ACCOUNTS.items())}


@pytest.mark.parametrize("screen", screens.ALL, ids=lambda screen: screen.url_path)
@pytest.mark.parametrize("role", Role)
def test_by_address(screen: screens.Screen, role: Role) -> None:
    app = open_as(ONE_OF_EACH[role], screen)
    assert not app.exception
    if may(role, screen.action):
        assert app.title, "a screen starts with its title"
        assert not app.error
    else:
        assert texts(app.error) == ["Anh/chị không có quyền mở trang này."]


@pytest.mark.parametrize("role", Role)
def test_by_menu(role: Role) -> None:
    app = open_as(ONE_OF_EACH[role])
    assert not app.exception
    shown = [screen for screen in screens.ALL if screen.listed and may(role, screen.action)]
    assert 0 < len(shown) <= 7


@pytest.mark.parametrize("screen", screens.ALL, ids=lambda screen: screen.url_path)
def test_nobody_signed_in_sees_only_the_form(screen: screens.Screen) -> None:
    from streamlit.testing.v1 import AppTest

    from tests.pages.opening import APP

    app = AppTest.from_file(APP, default_timeout=30).run()
    app.switch_page(screen.file).run()
    assert not app.exception
    assert not app.title
    assert [field.label for field in app.text_input] == ["Tên đăng nhập", "Mật khẩu"]

"""Filters write codes into the address and forgive what they cannot read."""

from streamlit.testing.v1 import AppTest


def screen() -> None:
    import streamlit as st

    from components.ui import filters

    options = {"bhxh": "Sổ BHXH tự nguyện", "bhyt": "Thẻ BHYT hộ gia đình"}
    st.text(filters.choice("sp", "Sản phẩm", options, "bhxh", widget="segmented"))
    st.text(filters.choice("tinh", "Tỉnh", {"": "Cả nước", "40": "Nghệ An"}, ""))
    st.button("Bỏ chọn", on_click=filters.choose, args=("tinh", "", ""))


def shown(app: AppTest) -> list[str]:
    return [text.value for text in app.text]


def test_a_choice_is_written_as_a_code_and_the_default_is_left_out() -> None:
    app = AppTest.from_function(screen).run()
    assert shown(app) == ["bhxh", ""]
    assert app.query_params == {}
    app.selectbox[0].select("40").run()
    assert shown(app) == ["bhxh", "40"]
    assert app.query_params == {"tinh": "40"}
    app.selectbox[0].select("").run()
    assert app.query_params == {}


def test_a_link_opens_the_same_view() -> None:
    app = AppTest.from_function(screen)
    app.query_params["sp"] = "bhyt"
    app.query_params["tinh"] = "40"
    assert shown(app.run()) == ["bhyt", "40"]


def test_a_code_that_does_not_exist_is_the_default() -> None:
    app = AppTest.from_function(screen)
    app.query_params["sp"] = "<script>"
    app.query_params["tinh"] = "99"
    assert shown(app.run()) == ["bhxh", ""]
    assert app.query_params == {}


def test_a_callback_can_change_a_filter() -> None:
    app = AppTest.from_function(screen)
    app.query_params["tinh"] = "40"
    app.run()
    app.button[0].click().run()
    assert shown(app) == ["bhxh", ""]
    assert app.query_params == {}


def test_the_choice_stays_when_the_address_lost_it() -> None:
    app = AppTest.from_function(screen).run()
    app.selectbox[0].select("40").run()
    app.query_params.clear()
    assert shown(app.run()) == ["bhxh", "40"]
    assert app.query_params == {"tinh": "40"}


def record() -> None:
    import streamlit as st

    from components.ui import filters

    if "ds" in st.query_params:
        filters.only_those_in_address("tinh")
    st.text(filters.choice("tinh", "Tỉnh", {"": "Cả nước", "40": "Nghệ An", "11": "Sơn La"}, ""))


def test_a_link_to_one_record_forgets_the_choices_it_does_not_name() -> None:
    app = AppTest.from_function(record).run()
    app.selectbox[0].select("40").run()
    app.query_params.clear()
    app.query_params["ds"] = "DS-1"
    assert shown(app.run()) == [""]
    app.selectbox[0].select("11").run()
    assert shown(app) == ["11"]

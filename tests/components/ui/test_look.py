"""The page head, the language and the style sheet of a running screen."""

import pytest
from streamlit.testing.v1 import AppTest


def screen() -> None:
    import streamlit as st

    from components.ui import markup, style

    st.text(style.page_css())
    st.session_state[markup.INVENTED] = True
    markup.page_head("Việc cần làm", "Hôm nay: 5 việc")


def sheet(**state: object) -> str:
    app = AppTest.from_function(screen)
    for key, value in state.items():
        app.session_state[key] = value
    return str(app.run().text[0].value)


def test_the_title_of_a_page_can_be_found() -> None:
    app = AppTest.from_function(screen).run()
    assert not app.exception
    assert app.title[0].value == "Việc cần làm"
    assert any("Dữ liệu giả lập" in block.proto.body for block in app.get("html"))


@pytest.mark.parametrize(("language", "words"), [("vi", "Chọn tệp"), ("en", "Choose a file")])
def test_the_words_of_the_framework_follow_the_language(language: str, words: str) -> None:
    assert words in sheet(language=language)


def test_large_text_is_chosen_per_session() -> None:
    assert "18.5px" in sheet(large_text=True)
    assert "18.5px" not in sheet()

"""Send a file through the four steps, and read what the page says."""

from streamlit.testing.v1 import AppTest

from components import screens
from tests import world
from tests.pages.opening import open_as


def page_of(username: str = "office", **query: str) -> AppTest:
    return open_as(username, screens.UPLOAD, **query)


def choose_file(app: AppTest, content: bytes, name: str = "danh-sach.csv") -> AppTest:
    app.selectbox(key="filter.xa").select(world.places().own).run()
    app.file_uploader[0].set_value((name, content, "text/csv"))
    return app.run()


def said(app: AppTest) -> str:
    """Everything the page says in its notes, tables and texts."""
    blocks = [*app.get("html"), *app.text, *app.error, *app.success]
    return " ".join(str(getattr(block, "value", "") or block.proto.body) for block in blocks)


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()

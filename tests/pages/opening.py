"""Open the app as somebody."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from components.screens import Screen
from db.commands.admin import sign_in
from db.commands.admin.locks import Visitor

APP = Path(__file__).parents[2] / "app.py"


def open_as(username: str, screen: Screen | None = None, **query: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=30)
    opened = sign_in.open_session(username, Visitor(""))
    app.session_state["auth.token"] = opened.token
    app.session_state["auth.expires"] = opened.expires_at
    app.run()
    if screen:
        app.switch_page(screen.file)
    for name, value in query.items():  # afterwards: changing the page empties the address
        app.query_params[name] = value
    return app.run() if screen or query else app


def texts(elements: object) -> list[str]:
    return [element.value for element in elements]  # type: ignore[attr-defined]

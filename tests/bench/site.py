"""A database of its own for one measurement, and browsers that are signed in there."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import jwt
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string

from db import demo
from db.commands.admin import setup, sign_in
from db.commands.admin.locks import Visitor
from db.models import CommuneList
from db.rules.states import NominationState
from db.settings import cookie_key, settings
from db.unit_of_work import reading
from tests import world
from tests.bench.streamlit_client import XSRF_COOKIE, StreamlitSession, fetch_xsrf_token
from tests.databases import forget_database

CENTRAL, OFFICER = "trunguong", "canbo.nghean"
_ROUND = 9  # beyond the rounds of the demo
_SETTINGS = {
    "CHUNGTAY_TODAY": world.TODAY.isoformat(),
    "CHUNGTAY_BCRYPT_ROUNDS": "4",
    "CHUNGTAY_COOKIE_KEY": "bench-" + "k" * 40,
    "CHUNGTAY_AUDIT_KEY": "bench-" + "a" * 40,
}


@dataclass(frozen=True, slots=True)
class Browser:
    """The cookies of somebody who signed in at a server of ours."""

    address: str
    cookies: dict[str, str]

    async def open(self, page: str, query: str = "") -> StreamlitSession:
        """A new tab on a page."""
        return await StreamlitSession.open(
            self.address, page=page, query=query, cookies=self.cookies
        )


@contextlib.contextmanager
def own_database() -> Iterator[Path]:
    """Point this process and those it starts at a new empty database; yields its folder."""
    with tempfile.TemporaryDirectory() as folder:
        given = _SETTINGS | {"DATABASE_URL": f"sqlite:///{folder}/bench.db"}
        before = {name: os.environ.get(name) for name in given}
        os.environ.update(given)
        forget_database()
        try:
            yield Path(folder)
        finally:
            forget_database()
            for name, value in before.items():
                os.environ.pop(name)
                os.environ.update({} if value is None else {name: value})


def fill() -> None:
    """The invented years of the demo."""
    setup.init()
    demo.fill(lambda _line: None)


def add_list_of(people: int) -> str:
    """A list in review with so many judged people; returns its code."""
    list_id, _nominations = world.add_list(
        people=people, nomination_state=NominationState.ELIGIBLE, round_=_ROUND
    )
    with reading() as session:
        return session.get_one(CommuneList, list_id).code


def signed_in(address: str, username: str) -> Browser:
    """A browser with a sign-in of its own, its cookies as the sign-in form leaves them."""
    xsrf = fetch_xsrf_token(address)
    secret, _issued = decode_xsrf_token_string(xsrf)
    assert secret is not None
    opened = sign_in.open_session(username, Visitor(secret.hex()))
    content = {
        "sid": opened.token,
        "exp": int(opened.expires_at),
        "iat": int(datetime.now(UTC).timestamp()),
        "aud": "chungtay",
    }
    signed = jwt.encode(content, cookie_key(), algorithm="HS256")
    return Browser(address, {XSRF_COOKIE: xsrf, settings().cookie_name: signed})

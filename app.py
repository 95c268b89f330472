"""The frame: sign-in, navigation, the last net under errors. Screens live in pages/."""

import streamlit as st

from components import screens
from components.frame import auth, frame
from components.ui import actions, callbacks, i18n, notices
from components.ui.messages import refusal
from db.commands.admin.setup import check_schema
from db.errors import Refused
from db.unit_of_work import one_moment

st.set_page_config(page_title="Chung Tay", page_icon="static/logo.png", layout="wide")
callbacks.keep_whole(auth.may_act, actions.tell_lost)
frame.recall()
i18n.begin_run()
frame.dress()

try:
    check_schema()
except Refused as refused:
    st.error(refusal(refused))
    st.stop()

with st.container(key="cookie"):  # always drawn, so the cookie writer never shifts the page
    user = auth.enter()
page = screens.navigation(user)

form = st.empty()  # a placeholder, so the form vanishes before the page is drawn below it
if user is None:
    with form.container(key="sign_in"):
        auth.sign_in_form()
    st.stop()

frame.corner(user)
frame.mark_group(screens.group_of(page))
if user.must_change_password and page.url_path != screens.PASSWORD.url_path:
    st.switch_page(screens.PASSWORD.file)
try:
    with one_moment(), notices.read_once():
        page.run()
except Refused as refused:
    st.error(refusal(refused))
    screens.way_home(user)
except Exception:  # noqa: BLE001 - the last net; Streamlit's own signals are BaseExceptions
    st.error(actions.not_shown())
    screens.way_home(user)

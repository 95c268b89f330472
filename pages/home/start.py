"""The bare address: on to the home of whoever signed in."""

import streamlit as st

from components import screens
from components.frame import auth

user = auth.require(screens.START)
st.switch_page(screens.home(user.role).file)

"""The emptiest page with something to press: the floor of every rerun."""

import streamlit as st

st.button("Nothing", key="nothing")

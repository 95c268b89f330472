"""Filters whose codes stand in the address, so that a link opens the same view."""

from collections.abc import Mapping
from typing import Any, Literal

import streamlit as st

from components.ui.i18n import _

Widget = Literal["select", "segmented", "pills"]


def choice(
    key: str,
    label: str,
    options: Mapping[str, str],
    default: str,
    *,
    widget: Widget = "select",
    hide_label: bool = False,
) -> str:
    """A choice among `options` (code → label); returns the code.

    `key` names the parameter in the address. Codes that are not in `options` are ignored,
    the default is left out, and the choice stays with the session across pages.
    """
    current = _current(key, options, default)
    st.session_state[_widget_key(key)] = current
    _write(key, current, default)
    common: dict[str, Any] = {
        "format_func": lambda code: options.get(code, code),
        "key": _widget_key(key),
        "on_change": _changed,
        "args": (key, default),
        "label_visibility": "collapsed" if hide_label else "visible",
    }
    codes = list(options)
    if widget == "select":
        chosen = st.selectbox(label, codes, placeholder=_("Chọn…"), **common)
    elif widget == "segmented":
        chosen = st.segmented_control(label, codes, required=True, **common)
    else:
        chosen = st.pills(label, codes, required=True, **common)
    return chosen if chosen in options else default


def choose(key: str, code: str, default: str) -> None:
    """Set a filter from a callback, for instance after a click in a chart."""
    st.session_state[_kept_key(key)] = code
    _write(key, code, default)


def only_those_in_address(*keys: str) -> None:
    """Before they are drawn: a link to one record must not meet a choice kept from elsewhere."""
    for key in keys:
        if key not in st.query_params:
            st.session_state.pop(_kept_key(key), None)


def _current(key: str, options: Mapping[str, str], default: str) -> str:
    """The address wins over the session: a link may lead to a page already open."""
    for code in (st.query_params.get(key), st.session_state.get(_kept_key(key))):
        if code in options:
            st.session_state[_kept_key(key)] = code
            return str(code)
    return default


def _changed(key: str, default: str) -> None:
    choose(key, st.session_state[_widget_key(key)] or default, default)


def _write(key: str, code: str, default: str) -> None:
    if code == default:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != code:
        st.query_params[key] = code


def _widget_key(key: str) -> str:
    return f"filter.{key}"


def _kept_key(key: str) -> str:
    return f"filter.{key}.kept"

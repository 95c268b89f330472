"""Nghi trùng: two records side by side, decided one pair after the other."""

import streamlit as st

from components import screens
from components.frame import auth
from components.review import pair_actions, pair_fields, pairs
from components.ui import markup, notices, rows
from components.ui.i18n import _, _n
from components.ui.style import on_phone
from components.ui.words import tone, word
from db.queries.review import duplicates, review
from db.rules.access import Action, may
from db.rules.states import PairState

user = auth.require(screens.PAIRS)
code = st.query_params.get("ds")


def open_list(chosen: str) -> None:
    st.query_params["ds"] = chosen


if not code:
    markup.page_head(_("Nghi trùng"), _("Các danh sách còn cặp nghi trùng, nộp trước xếp trước."))
    notices.show()
    waiting = duplicates.lists_with_pairs(user.scope)
    if not waiting:
        markup.show(markup.note("green", _("Không còn cặp nghi trùng nào.")))
        st.page_link(screens.REVIEW.file, label=_("Về rà soát"), icon=":material/fact_check:")
    with st.container(gap=None):
        for list_code, commune, number in waiting[:50]:
            with rows.row(f"pairs_{list_code}", commune, list_code):
                st.button(
                    _n("Xem {n} cặp", number).format(n=number),
                    key=f"pairs.open.{list_code}",
                    on_click=open_list,
                    args=(list_code,),
                    width="stretch" if on_phone() else 190,
                )
    st.stop()

row = review.list_by_code(user.scope, code)
everything = duplicates.of_list(user.scope, row.id)
later = pair_actions.put_off()
decides = may(user.role, Action.DECIDE_PAIR)
waiting_states = (PairState.ASKED,) if not decides else pair_actions.UNDECIDED
undecided = [one for one in everything if one.state in waiting_states]
queue = [one for one in undecided if one.id not in later] or undecided
done = len(everything) - len(undecided)

keys = _("Phím tắt: 1 cùng một người, 2 hai người khác nhau, 3 hỏi lại BHXH cơ sở.")
where = _("{commune}, đợt {round}/{year}.").format(
    commune=row.commune, round=row.round, year=row.year
)
place = _("Cặp {n}/{all}.").format(n=min(done + 1, len(everything)), all=len(everything))
markup.page_head(
    _("Rà soát: nghi trùng"),
    " ".join([where, *([place] if queue else []), *([keys] if decides and queue else [])]),
)
notices.show()

if queue:
    pair = duplicates.pair(user.scope, queue[0].id)
    markup.show(pairs.pair_table(_("Bản ghi A (giữ)"), _("Bản ghi B"), pair_fields.fields(pair)))
    markup.show(
        markup.fill(
            "{lead} {ground}",
            lead=markup.bold(_("Vì sao nghi trùng:")),
            ground=pair_fields.ground(pair),
        )
    )
    if pair.state is PairState.ASKED or pair.comment:
        markup.show(
            markup.note(
                "blue",
                word(pair.state) if pair.state is PairState.ASKED else _("Trả lời:"),
                f"{pair.comment} ({pair.said_by})" if pair.said_by else pair.comment,
            )
        )
    pair_actions.draw(user, pair)
else:
    markup.show(markup.note("green", _("Không còn cặp nghi trùng nào trong danh sách này.")))

settled = [one for one in everything if one.state not in waiting_states][:30]
if settled:
    with st.expander(
        _n("{n} cặp khác của danh sách", len(everything) - len(undecided)).format(
            n=len(everything) - len(undecided)
        )
    ):
        markup.show(
            markup.table(
                [_("Bản ghi A"), _("Bản ghi B"), _("Kết quả"), _("Ghi chú")],
                [
                    (
                        one.first_name,
                        one.second_name,
                        markup.tag(word(one.state), tone(one.state)),
                        one.comment,
                    )
                    for one in settled
                ],
            )
        )
st.page_link(
    screens.REVIEW.file,
    label=_("Về rà soát danh sách này"),
    icon=":material/arrow_back:",
    query_params={"ds": row.code},
)

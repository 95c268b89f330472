"""The screens of matching, approving and issuing, as the people at them meet them."""

import pytest
from streamlit.testing.v1 import AppTest

from components import screens
from db.commands.matching import decisions
from db.rules.states import LeftOut, MatchState, ProposalState
from tests import world
from tests.commands.matching import world as matching
from tests.commands.matching.world import Made
from tests.pages.opening import open_as, texts

pytestmark = pytest.mark.usefixtures("database")


def opened(username: str, screen: screens.Screen, **query: str) -> AppTest:
    app = open_as(username, screen, **query)
    assert not app.exception
    return app


def code_of(made: Made) -> str:
    return matching.proposal(made.id).code


def shown(app: AppTest) -> str:
    return "\n".join(block.proto.body for block in app.get("html"))


def approved() -> tuple[Made, str]:
    made = matching.made(submitted=True)
    seen = matching.version(made.id)
    decisions.decide(made.id, "approve", made.proposed, comment="", seen=seen, actor="approver")
    return made, matching.pledge(made.pledge_id).code


def test_an_officer_lets_the_rule_choose_and_sends_it() -> None:
    world.add_posted(people=6)
    code = matching.pledge(world.add_pledge(quantity=3)).code
    app = opened("officer", screens.MATCHING, ht=code)
    assert app.button(key="propose").label == "Ghép 3 thẻ"

    app.button(key="propose").click().run()
    assert app.button(key="submit").label == "Gửi duyệt 3 người"
    assert "3 người được ghép, 3 dự bị, ngưỡng 48 điểm" in shown(app)

    app.button(key="submit").click().run()
    assert "Đợt này chờ" in app.success[0].value
    assert app.button(key="submit").disabled


def test_nobody_to_choose_is_told_in_a_sentence() -> None:
    code = matching.pledge(world.add_pledge()).code
    app = opened("officer", screens.MATCHING, ht=code)
    app.button(key="propose").click().run()
    assert "chưa danh sách nào niêm yết xong" in app.error[0].value


def test_an_approver_sees_the_draft_without_buttons() -> None:
    made = matching.made()
    code = matching.pledge(made.pledge_id).code
    app = opened("approver", screens.MATCHING, ht=code)
    assert not [button for button in app.button if button.key in ("submit", "adjust", "propose")]


def test_a_change_by_hand_asks_for_a_reason_and_keeps_what_was_chosen() -> None:
    made = matching.made()
    code = matching.pledge(made.pledge_id).code
    app = opened("officer", screens.MATCHING, ht=code)
    app.button(key="adjust").click().run()
    app.button(key="proposal.do").click().run()
    assert any("Chọn lý do của từng người." in said for said in texts(app.error))

    app.button(key="adjust").click().run()
    app.selectbox(key="adjust.because").set_value(LeftOut.MOVED_AWAY)
    app.button(key="proposal.do").click().run()
    assert "Hãy ghi lý do." in texts(app.error)

    app.button(key="adjust").click().run()
    app.text_area(key="adjust.reason").set_value("Đã chuyển đi")
    app.selectbox(key="adjust.because").set_value(LeftOut.MOVED_AWAY)
    app.button(key="proposal.do").click().run()
    assert matching.match(made.proposed[0]).state is MatchState.DECLINED
    assert matching.match(made.reserve[0]).state is MatchState.PROPOSED


def test_a_proposal_is_withdrawn_with_a_reason() -> None:
    made = matching.made()
    app = opened("officer", screens.MATCHING, ht=matching.pledge(made.pledge_id).code)
    app.button(key="withdraw").click().run()
    app.text_area(key="withdraw.reason").set_value("Nhà hảo tâm đổi ý")
    app.button(key="proposal.do").click().run()
    assert matching.proposal(made.id).state is ProposalState.WITHDRAWN


def test_the_maker_sees_why_there_is_nothing_to_press() -> None:
    made = matching.made(submitted=True)
    app = opened("officer", screens.APPROVAL, gh=code_of(made))
    assert all(app.button(key=key).disabled for key in ("approve", "return", "reject"))
    assert "không duyệt được" in shown(app)
    assert world.NAMES["approver"] in shown(app)


def test_rows_without_warnings_begin_chosen() -> None:
    made = matching.made(submitted=True)
    matching.spoil(made.nominations[1])
    app = opened("approver", screens.APPROVAL, gh=code_of(made))
    assert app.button(key="approve").label == "Duyệt 2 người"
    assert "Đang chọn 2/3 người" in shown(app)
    assert "Không còn đủ điều kiện." in shown(app)


def test_an_approver_approves_what_the_dialog_repeats() -> None:
    made = matching.made(submitted=True)
    app = opened("approver", screens.APPROVAL, gh=code_of(made))
    app.button(key="approve").click().run()
    assert app.button(key="proposal.do").label == "Duyệt 3 người"
    assert "1.229.580 ₫" in shown(app)
    app.button(key="proposal.do").click().run()
    assert matching.buckets(made.pledge_id) == {"approved": 3}


def test_the_dialog_asks_why_somebody_is_left_out_and_the_screen_shows_it() -> None:
    made = matching.made(submitted=True)
    matching.spoil(made.nominations[1])
    app = opened("approver", screens.APPROVAL, gh=code_of(made))
    app.button(key="approve").click().run()
    app.button(key="proposal.do").click().run()
    assert any("Chọn lý do của từng người." in said for said in texts(app.error))

    app.button(key="approve").click().run()
    app.selectbox(key=f"left_out.{made.proposed[1]}").set_value(LeftOut.DIED)
    app.button(key="proposal.do").click().run()
    assert matching.match(made.proposed[1]).left_out is LeftOut.DIED
    again = opened("officer", screens.APPROVAL, gh=code_of(made))
    assert "Chưa duyệt: đã mất" in list(again.dataframe[0].value["result"])


@pytest.mark.parametrize(
    ("verdict", "state"),
    [("return", ProposalState.RETURNED), ("reject", ProposalState.REJECTED)],
)
def test_turning_down_needs_the_reason_in_the_dialog(verdict: str, state: ProposalState) -> None:
    made = matching.made(submitted=True)
    app = opened("approver", screens.APPROVAL, gh=code_of(made))
    app.button(key=verdict).click().run()
    app.button(key="proposal.do").click().run()
    assert "Hãy ghi lý do." in texts(app.error)
    assert matching.proposal(made.id).state is ProposalState.SUBMITTED

    app.button(key=verdict).click().run()
    app.text_area(key=f"proposal.reason.{verdict}").set_value("Xem lại người thứ hai")
    app.button(key="proposal.do").click().run()
    assert matching.proposal(made.id).state is state


def test_what_somebody_else_decided_meanwhile_is_told() -> None:
    made = matching.made(submitted=True)
    app = opened("approver", screens.APPROVAL, gh=code_of(made))
    app.button(key="approve").click().run()
    seen = matching.version(made.id)
    decisions.decide(made.id, "return", [], comment="Xem lại", seen=seen, actor="approver2")
    app.button(key="proposal.do").click().run()
    assert any(world.NAMES["approver2"] in said for said in texts(app.error))
    assert matching.proposal(made.id).state is ProposalState.RETURNED


def test_a_button_that_is_gone_by_now_tells_who_took_it_away() -> None:
    made = matching.made(submitted=True)
    app = opened("approver", screens.APPROVAL, gh=code_of(made))
    decisions.decide(
        made.id, "return", [], comment="Xem lại", seen=matching.version(made.id), actor="approver2"
    )
    app.button(key="approve").click().run()
    assert not app.exception
    assert f"{world.NAMES['approver2']} vừa sửa hồ sơ này" in shown(app)
    assert "Nay ở trạng thái “Trả lại”" in shown(app)
    assert "vừa sửa hồ sơ này" not in shown(app.run())


def test_the_filter_in_the_address_shows_the_reserve() -> None:
    made = matching.made(submitted=True)
    app = opened("approver", screens.APPROVAL, gh=code_of(made), loc="du-bi")
    assert len(app.dataframe[0].value) == 3
    assert app.button(key="approve").label == "Duyệt 3 người"  # ticked over all filters


def test_what_ran_out_is_ended_when_somebody_comes_to_decide(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from db.settings import settings

    made = matching.made(submitted=True)
    monkeypatch.setenv("CHUNGTAY_TODAY", "2026-09-30")
    settings.cache_clear()
    opened("approver", screens.APPROVAL, gh=code_of(made))
    assert matching.proposal(made.id).state is ProposalState.EXPIRED
    assert matching.buckets(made.pledge_id) == {"free": 3}


@pytest.mark.parametrize(
    ("screen", "query"),
    [
        (screens.MATCHING, {"ht": "HT-2026-NAN-0001"}),
        (screens.APPROVAL, {"gh": "GH-2026-NAN-0001"}),
        (screens.ISSUING, {"ht": "HT-2026-NAN-0001"}),
    ],
)
def test_a_record_of_another_province_is_not_found(
    screen: screens.Screen, query: dict[str, str]
) -> None:
    matching.made(submitted=True)
    app = opened("far_officer", screen, **query)
    assert "Không tìm thấy hồ sơ này" in app.error[0].value


def test_the_lists_lead_to_every_record() -> None:
    made, code = approved()
    waiting = matching.made(people=2, quantity=1, submitted=True)
    assert code_of(waiting) in shown(opened("approver", screens.APPROVAL))
    assert code_of(made) not in shown(opened("approver", screens.APPROVAL))
    assert code in shown(opened("officer", screens.ISSUING))
    free = matching.pledge(world.add_pledge()).code
    assert free in shown(opened("officer", screens.MATCHING))
    assert code_of(made) in shown(opened("officer", screens.MATCHING, xem="dot"))


@pytest.mark.parametrize(
    ("screen", "words"),
    [
        (screens.MATCHING, "Không còn khoản hỗ trợ nào chờ ghép."),
        (screens.APPROVAL, "Không có đợt nào chờ duyệt."),
        (screens.ISSUING, "Không có ai chờ cấp."),
    ],
)
def test_an_empty_list_says_what_comes_next(screen: screens.Screen, words: str) -> None:
    assert words in shown(opened("officer", screen))


def test_pasted_numbers_fill_the_grid_and_are_issued() -> None:
    made, code = approved()
    app = opened("officer", screens.ISSUING, ht=code)
    assert app.button(key="issue.do").disabled
    app.text_area(key="issue.block").set_value("4000000001\n4000000002\n")
    app.button(key="issue.paste").click().run()
    assert "Đã điền 2 số" in app.success[0].value
    assert matching.buckets(made.pledge_id) == {"approved": 3}

    assert app.button(key="issue.do").label == "Cấp 2 thẻ"
    app.button(key="issue.do").click().run()
    assert matching.match(made.proposed[0]).document_number == "4000000001"
    assert matching.buckets(made.pledge_id) == {"issued": 2, "approved": 1, "spent": 2 * 409_860}
    assert app.button(key="issue.do").disabled  # what was typed does not slide to others


def test_numbers_that_were_not_issued_are_there_again_after_a_reload() -> None:
    made, code = approved()
    app = opened("officer", screens.ISSUING, ht=code)
    app.text_area(key="issue.block").set_value("4000000001\n4000000002\n")
    app.button(key="issue.paste").click().run()

    again = opened("officer", screens.ISSUING, ht=code)
    assert again.button(key="issue.do").label == "Cấp 2 thẻ"
    again.button(key="issue.do").click().run()
    assert matching.match(made.proposed[0]).document_number == "4000000001"
    assert opened("officer", screens.ISSUING, ht=code).button(key="issue.do").disabled


def test_a_wrong_number_is_named_and_stays_in_the_grid() -> None:
    _made, code = approved()
    app = opened("officer", screens.ISSUING, ht=code)
    app.text_area(key="issue.block").set_value("12345")
    app.button(key="issue.paste").click().run()
    app.button(key="issue.do").click().run()
    assert "12345" in app.error[0].value
    assert app.button(key="issue.do").label == "Cấp 1 thẻ"


@pytest.mark.parametrize("issued", [False, True])
def test_one_person_is_taken_back_with_a_reason(issued: bool) -> None:
    made, code = approved()
    app = opened("officer", screens.ISSUING, ht=code)
    if issued:
        app.text_area(key="issue.block").set_value("4000000001")
        app.button(key="issue.paste").click().run()
        app.button(key="issue.do").click().run()
    app.button(key="issue.refund" if issued else "issue.release").click().run()
    app.text_area(key="issue.reason").set_value("Đã chuyển khỏi tỉnh")
    app.selectbox(key="issue.because").set_value(LeftOut.MOVED_AWAY)
    app.button(key="issue.take_back").click().run()
    assert matching.buckets(made.pledge_id) == {"free": 1, "approved": 2}


def test_an_approver_reads_the_issuing_sheet_without_buttons() -> None:
    _made, code = approved()
    app = opened("approver", screens.ISSUING, ht=code)
    assert not [button for button in app.button if (button.key or "").startswith("issue.")]
    assert len(app.dataframe[0].value) == 3

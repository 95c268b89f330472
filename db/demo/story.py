"""One commune's list and one pledge on their way, told by the real commands."""

from datetime import date

from db.commands.matching import proposals
from db.demo import steps
from db.demo.moving_days import Story, working_days_ago
from db.demo.plot import Desk, Plot, Step

_DAYS_AFTER = {
    Step.SENT: 2, Step.RETURNED: 3, Step.JUDGED: 2, Step.REVIEWED: 1, Step.POSTED: 1,
    Step.CLOSED: 4, Step.DRAFTED: 1, Step.SUBMITTED: 0, Step.SENT_BACK: 1, Step.APPROVED: 1,
    Step.ISSUED: 2, Step.INVITED: 1, Step.CONFIRMED: 1, Step.HELD: 3,
}  # fmt: skip
_ASIDE = {Step.RETURNED, Step.SENT_BACK}
"""Steps off the straight way, taken only by a story that stops there."""


def tell(desk: Desk, plot: Plot) -> Story:
    """Take every step up to `plot.until`, each on its day."""
    days = _days(desk.today, plot)
    pledge_id = list_id = 0
    if plot.pieces:
        yield days[Step.SENT]
        pledge_id = steps.record_pledge(desk, plot)
    for step, day in days.items():
        yield day
        match step:
            case Step.SENT:
                list_id = steps.send(desk, plot)
            case Step.RETURNED:
                steps.return_list(desk, list_id)
            case Step.JUDGED:
                steps.judge(desk, plot, list_id)
            case Step.REVIEWED:
                steps.finish_review(desk, list_id)
            case Step.POSTED:
                steps.post(desk, plot, list_id)
            case Step.CLOSED:
                steps.close(desk, list_id)
            case _:
                _with_pledge(step, desk, plot, pledge_id, days.get(Step.HELD))


def _with_pledge(step: Step, desk: Desk, plot: Plot, pledge_id: int, held_on: date | None) -> None:
    """The steps from the proposal on."""
    match step:
        case Step.DRAFTED:
            proposals.propose(pledge_id, desk.officer)
        case Step.SUBMITTED:
            steps.submit(desk, pledge_id)
        case Step.SENT_BACK:
            steps.decide(desk, pledge_id, "return")
        case Step.APPROVED:
            steps.decide(desk, pledge_id, "approve")
        case Step.ISSUED:
            steps.issue(desk, plot, pledge_id)
        case Step.INVITED:
            steps.invite(desk, plot, pledge_id, held_on)
        case Step.CONFIRMED:
            steps.confirm(desk, pledge_id)
        case Step.HELD:
            steps.hold(desk, plot, pledge_id)


def _days(today: date, plot: Plot) -> dict[Step, date]:
    """The day of every step on the way, counted back from the last."""
    taken = [step for step in Step if step <= plot.until and step not in _ASIDE - {plot.until}]
    if plot.until is Step.RETURNED:
        taken = [Step.SENT, Step.RETURNED]
    days: dict[Step, date] = {}
    ago = plot.ago
    for step in reversed(taken):
        days[step] = working_days_ago(today, ago)
        ago += _DAYS_AFTER[step]
    return dict(reversed(days.items()))

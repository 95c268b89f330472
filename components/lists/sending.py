"""A list on its way: the work goes on although the page is closed, and is told while it lasts."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from components.ui.actions import carry_out
from components.ui.i18n import N_, _
from db.commands.lists.send import Tell
from db.queries import freshness

_JOB = "upload.job"
_FIRST_LOOK = 0.4
_NEXT_LOOK = 0.2
_STEPS = {
    "": (0.02, N_("Đang bắt đầu…")),
    "checking": (0.1, N_("Đang kiểm tra lại tệp…")),
    "comparing": (0.3, N_("Đang so với những người đã có…")),
    "writing": (0.55, N_("Đang ghi danh sách…")),
    "pairing": (0.8, N_("Đang tìm các cặp nghi trùng…")),
}


@dataclass(slots=True)
class _Job:
    """One sending: where it stands, and how it ended."""

    step: str = ""
    code: str = ""
    error: BaseException | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    def run(self, work: Callable[[Tell], str]) -> None:
        try:
            self.code = work(self._tell)
        except BaseException as error:  # noqa: BLE001 - handed to the page, which tells it
            self.error = error
        finally:
            self.ended.set()

    def _tell(self, step: str) -> None:
        self.step = step


def start(work: Callable[[Tell], str]) -> None:
    """Callback: begin to send; a second click while one is on its way changes nothing."""
    job: _Job | None = st.session_state.get(_JOB)
    if job is None or job.ended.is_set():
        job = st.session_state[_JOB] = _Job()
        threading.Thread(target=job.run, args=(work,), name="sending").start()


def arrived() -> str | None:
    """Show how far the list is until it has arrived: its code then, None if nothing was sent.

    A failure is left as a notice, nothing of the list having been written.
    """
    job: _Job | None = st.session_state.get(_JOB)
    if job is None:
        return None
    freshness.look_anew()  # the list comes from another thread, while this run waits for it
    if not job.ended.wait(_FIRST_LOOK):
        _watch(job)
    del st.session_state[_JOB]
    if job.error is None:
        return job.code
    error = job.error

    def fail() -> None:
        raise error

    carry_out(fail)
    return None


def _watch(job: _Job) -> None:
    bar = st.progress(0.0, text=_("Đang bắt đầu…"))
    st.caption(_("Đóng trang cũng được: việc gửi vẫn chạy tiếp, kết quả ở “Danh sách đã nộp”."))
    while not job.ended.wait(_NEXT_LOOK):
        share, words = _STEPS[job.step]
        bar.progress(share, text=_(words))
    bar.empty()

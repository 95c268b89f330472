"""A figure's line, and parts that a busy machine breaks off."""

from collections.abc import Iterator, Sequence

import pytest

from tests.bench import run
from tests.bench.run import Figure

FIGURE = Figure("rerun: home / empty page", 24.6, 6.0, "ms")


def test_a_line_holds_name_value_floor_and_ratio() -> None:
    name, value, floor, ratio = (part.strip() for part in FIGURE.line().split(","))
    assert name == "rerun: home / empty page"
    assert (value.split(), floor.split()) == (["24.60", "ms"], ["floor", "6.00", "ms"])
    assert ratio.split() == ["ratio", "4.10"]
    assert Figure("people held", 25, 0, "people").line().endswith("nan")


@pytest.mark.parametrize(
    ("failures", "measured", "last_line"),
    [
        (0, True, FIGURE.line()),
        (1, True, FIGURE.line()),
        (2, False, "home: not measured (TimeoutError())"),
    ],
)
def test_a_part_that_broke_off_is_measured_once_more(
    failures: int,
    measured: bool,
    last_line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    left: Iterator[int] = iter(range(failures))

    def part() -> Sequence[Figure]:
        for _ in left:
            raise TimeoutError
        return [FIGURE]

    monkeypatch.setitem(run.PARTS, "home", part)
    assert run._print_measured("home") is measured
    assert capsys.readouterr().out.splitlines()[-1] == last_line

"""The tile map: every province the same tile, Hoàng Sa and Trường Sa always drawn."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import altair as alt

from components.charts.house import Row, finished, text_size
from components.ui import formats
from components.ui.i18n import _
from components.ui.style import INK, STATUS_COLOURS
from components.ui.words import STATUS_WORDS
from db.rules.pace import ProvinceRow, Status, share, status

PROVINCE_CLICKED = "province"
_ROWS, _ROW_HEIGHT = 15, 46
_LEFT, _RIGHT = 1.0, 7.62
_TILE_WIDTH, _TILE_HEIGHT = 0.94, 0.93
_NARROW = 470
_FADED = 0.28


@dataclass(frozen=True, slots=True)
class _Archipelago:
    name: str
    province_code: str
    province: str
    row: int


# Sovereignty: on every figure that resembles a map, named, in the colour of the province.
_ARCHIPELAGOS = (
    _Archipelago("Hoàng Sa", "48", "Đà Nẵng", 7),
    _Archipelago("Trường Sa", "56", "Khánh Hòa", 12),
)


def tile_map(
    rows: Sequence[ProvinceRow],
    pace: float,
    *,
    selected: str | None = None,
    bright: Collection[str] | None = None,
    large: bool = False,
) -> alt.LayerChart:
    """Share of the goal by province, coloured by status; a click selects a province.

    `selected` is outlined; codes outside `bright` fade (None: nothing fades). The click
    arrives as the selection PROVINCE_CLICKED with the field "code".
    """
    base = alt.Chart().encode(opacity=alt.Opacity("opacity:Q", scale=None))
    tiles = (
        base.mark_rect(cornerRadius=3, strokeWidth=3)
        .encode(
            x=alt.X("left:Q", axis=None, scale=alt.Scale(domain=[_LEFT, _RIGHT], nice=False)),
            x2="right:Q",
            y=alt.Y(
                "top:Q",
                axis=None,
                scale=alt.Scale(domain=[0, _ROWS], nice=False, reverse=True),
            ),
            y2="bottom:Q",
            color=alt.Color("fill:N", scale=None),
            stroke=alt.Stroke("outline:N", scale=None),
            tooltip=[
                alt.Tooltip("full:N", title=_("Nơi")),
                alt.Tooltip("status:N", title=_("Tình trạng")),
                alt.Tooltip("counts:N", title=_("Đã trao / mục tiêu")),
            ],
        )
        .add_params(alt.selection_point(name=PROVINCE_CLICKED, fields=["code"], toggle=False))
    )
    words = alt.Chart().encode(x="middle:Q", color=alt.Color("ink:N", scale=None))
    name = words.encode(y="name_at:Q")
    layers = [
        tiles,
        # Which of the two names shows follows the width: an expr inside text= crashes Vega.
        name.mark_text(fontSize=12.2 if large else 11.5, opacity=_when("width >= ")).encode(
            text="name:N"
        ),
        name.mark_text(fontSize=text_size(13, large), opacity=_when("width < ")).encode(
            text="short:N"
        ),
        words.mark_text(fontSize=text_size(13, large), fontWeight=600).encode(
            y="rate_at:Q", text="rate:N"
        ),
    ]
    drawn = [*(_tile(row, pace, selected, bright) for row in rows), *_islands(rows, pace, bright)]
    return finished(layers, drawn, _ROWS * _ROW_HEIGHT, large=large)


def _tile(
    row: ProvinceRow, pace: float, selected: str | None, bright: Collection[str] | None
) -> Row:
    now = status(row.given, row.goal, pace)
    done = share(row.given, row.goal)
    rate = "–" if done is None else formats.percent(done, 0)
    left, top = float(row.tile_col), float(row.tile_row)
    return {
        **_look(row.code, now, bright),
        "full": row.name,
        "name": row.name.replace("TP. Hồ Chí Minh", "TP. HCM"),
        "short": row.abbreviation,
        "rate": f"✓\u2009{rate}" if now is Status.REACHED else rate,
        "counts": f"{formats.number(row.given)} / {formats.number(row.goal) if row.goal else '–'}",
        "outline": INK if row.code == selected else None,
        "left": left,
        "right": left + _TILE_WIDTH,
        "middle": left + _TILE_WIDTH / 2,
        "top": top,
        "bottom": top + _TILE_HEIGHT,
        "name_at": top + 0.29,
        "rate_at": top + 0.66,
    }


def _islands(rows: Sequence[ProvinceRow], pace: float, bright: Collection[str] | None) -> list[Row]:
    known = {row.code: row for row in rows}
    islands: list[Row] = []
    for island in _ARCHIPELAGOS:
        row = known.get(island.province_code)
        now = status(row.given, row.goal, pace) if row else Status.NO_GOAL
        islands.append(
            {
                **_look(island.province_code, now, bright),
                "full": _("Đặc khu {name}, {province}").format(
                    name=island.name, province=island.province
                ),
                "name": island.name,
                "short": island.name,
                "rate": "",
                "counts": _("tính trong {province}").format(province=island.province),
                "outline": None,
                "left": 6.35,
                "right": 7.6,
                "middle": 6.975,
                "top": island.row + 0.2,
                "bottom": island.row + 0.75,
                "name_at": island.row + 0.48,
                "rate_at": island.row + 0.48,
            }
        )
    return islands


def _look(code: str, now: Status, bright: Collection[str] | None) -> dict[str, str | float]:
    colours = STATUS_COLOURS[now]
    faded = bright is not None and code not in bright
    return {
        "code": code,
        "fill": colours.tile,
        "ink": INK if faded else colours.tile_text,
        "opacity": _FADED if faded else 1.0,
        "status": _(STATUS_WORDS[now]),
    }


def _when(comparison: str) -> alt.ExprRef:
    return alt.ExprRef(f"{comparison}{_NARROW} ? 1 : 0")

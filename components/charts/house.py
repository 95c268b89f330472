"""What every chart has in common: typeface, colours, Vietnamese numbers, inline rows."""

from collections.abc import Iterable, Mapping, Sequence

import altair as alt

from components.ui.style import FONT, INK, INK_2, LARGE_TEXT

Row = Mapping[str, str | float | None]
_LOCALE = alt.Locale(
    number=alt.NumberLocale(decimal=",", thousands=".", grouping=[3], currency=["", " ₫"]),
    time=alt.TimeLocale(
        dateTime="%A, %d/%m/%Y %X",
        date="%d/%m/%Y",
        time="%H:%M:%S",
        periods=["SA", "CH"],
        days=["Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"],
        shortDays=["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
        months=[f"tháng {month}" for month in range(1, 13)],
        shortMonths=[f"Th{month}" for month in range(1, 13)],
    ),
)


def data(rows: Iterable[Row]) -> alt.InlineData:
    """Rows that travel inside the chart."""
    return alt.InlineData(values=[dict(row) for row in rows])


def finished(
    layers: Sequence[alt.Chart], rows: Iterable[Row], height: float, *, large: bool
) -> alt.LayerChart:
    """Layers over the same rows, with the house's configuration; `large` is for “Chữ lớn”."""
    small = text_size(12.5, large)
    chart: alt.LayerChart = (
        alt.LayerChart(layer=list(layers), data=data(rows))
        .properties(height=round(height * scale(large)))
        .configure(
            font=FONT,
            locale=_LOCALE,
            background="transparent",
            padding={"left": 0, "right": 4, "top": 4, "bottom": 4},
            view=alt.ViewConfig(stroke=None),
            axis=alt.AxisConfig(
                domain=False,
                ticks=False,
                grid=False,
                labelColor=INK_2,
                labelFontSize=small,
            ),
            text=alt.MarkConfig(font=FONT, fontSize=small, color=INK),
        )
    )
    return chart


def scale(large: bool) -> float:
    """The factor of sizes that follow the text."""
    return LARGE_TEXT if large else 1.0


def text_size(pixels: float, large: bool) -> float:
    """A font size in a chart, following “Chữ lớn”."""
    return round(pixels * scale(large), 1)

"""Charts in the house style: plain values in, a chart out.

They speak the session's language; whoever caches one keeps the language in the key.
Draw them with `st.altair_chart(chart, theme=None, alt=...)`.
"""

from components.charts.bars import place_bars as place_bars
from components.charts.stages import stages as stages
from components.charts.stages import waterfall as waterfall
from components.charts.tiles import PROVINCE_CLICKED as PROVINCE_CLICKED
from components.charts.tiles import tile_map as tile_map
from components.charts.trend import trend as trend

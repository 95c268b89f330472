"""Which accounts of the demo are shown to visitors: one or two of every role."""

SHOWN = (
    "concuong.nghean",
    "quephong.nghean",
    "canbo.nghean",
    "canbo2.nghean",
    "duyet.nghean",
    "duyet2.nghean",
    "lanhdao.nghean",
    "coso.caobang",
    "canbo.caobang",
    "duyet.caobang",
    "canbo.hanoi",
    "duyet.hanoi",
    "trunguong",
    "lanhdao",
    "quantri",
)
"""The others work in the provinces that the story of the demo only passes by."""

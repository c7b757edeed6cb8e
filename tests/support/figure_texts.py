"""What is written in a figure, and what of it only a program would say."""

import re

from matplotlib.figure import Figure
from matplotlib.text import Text

INTERNAL = re.compile(
    r"[a-z_]+\.[a-z_]+ \[|[A-Za-z]_[A-Za-z]|\[[^\]]*[A-Za-z0-9]\.[A-Za-z][^\]]*\]"
    r"|SolidState|c_rate"
)
"""Dotted names, words joined by underscores, PyBaMM's units, and names of classes."""


def texts_of(figure: Figure) -> set[str]:
    """All that can be read in a figure."""
    figure.draw_without_rendering()  # ticks have their words from then on
    return {text.get_text() for text in figure.findobj(Text) if text.get_visible()}


def internal_names(figure: Figure) -> list[str]:
    """Texts with names that only the program knows; files may be named."""
    said = (re.sub(r"\w+\.csv", "", text) for text in texts_of(figure))
    return [text for text in said if INTERNAL.search(text)]

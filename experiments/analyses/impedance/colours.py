"""One colour a component, in every figure of impedances and resistances."""

from __future__ import annotations

from aslb.experiments.output.figure_style import MUTED
from aslb.models.submodels.voltage_losses import LOSSES

COLOURS = {**dict(zip(LOSSES, MUTED, strict=True)), "Open circuit": "0.6"}
"""Colours by component of the voltage losses."""


def colour_of(element: str) -> str:
    """Colour of a component, or of a part of one, as of "Separator bulk"."""
    return next(colour for name, colour in COLOURS.items() if element.startswith(name))

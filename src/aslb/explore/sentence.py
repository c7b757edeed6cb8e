"""What limits next, in a sentence."""

from __future__ import annotations

import numpy as np

from aslb.experiments.analyses.thickness.headline import PLACES
from aslb.experiments.output.figure_style import rate_label
from aslb.explore.answer import Answer
from aslb.explore.sliders import SLIDERS
from aslb.models.submodels.voltage_losses import LOSSES

WORTH = 0.01  # of the capacity: less is not worth a word


WHERE = {
    "Anode kinetic": "to the kinetics of the foil",
    "Anode interface": "at the interface of the foil",
    "Separator": "in the separator",
    "Junction": "between separator and catholyte",
    "Catholyte": "in the catholyte",
    "Electronic": "to electronic conduction in the cathode",
    "Kinetic": "to the kinetics of the particles",
    "Interphase": "in the interphase of the particles",
    "Particle concentration": "to diffusion in the particles",
}
"""Each component of the loss, as a sentence has it."""


def what_limits(answer: Answer) -> str:
    """The largest losses at the shown rate, and the slider that would help most."""
    rate, shown = rate_label(answer.state.losses_at), answer.shown
    capacity = float(answer.capacity[shown])
    if not np.isfinite(capacity):
        return f"At {rate} the cell could not be solved: {answer.remarks[shown]}."
    if capacity == 0:
        return f"At {rate} the cell gives nothing: its losses exceed its window."
    losses = answer.charge_losses[shown], answer.losses[shown, -1]
    largest = [int(np.argmax(np.abs(loss))) for loss in losses]
    first, last = (
        f"{1e3 * abs(loss[k]):.0f} mV at {place}"
        for loss, k, place in zip(losses, largest, PLACES, strict=True)
    )
    before, after = (WHERE[LOSSES[k]] for k in largest)
    if before == after:
        lost = f"{before}: {first}, {last}"
    else:
        lost = f"{before}, {first}, and {after}, {last}"
    return f"At {rate} most is lost {lost}. {_help(answer)}"


def _help(answer: Answer) -> str:
    rate, capacity = rate_label(answer.state.losses_at), answer.capacity[answer.shown]
    if not answer.gains:
        return ""
    key = max(answer.gains, key=lambda one: answer.gains[one])
    gain = answer.gains[key]
    if gain < WORTH * capacity:
        return (
            f"No better separator, catholyte or interface brings {WORTH:.0%} more "
            f"capacity at {rate}: what is left is in the cathode and its particles."
        )
    return (
        f"Most would be gained by {SLIDERS[key].words}: {gain:+.1f} mAh/g at {rate} "
        f"({gain / capacity:+.0%})."
    )

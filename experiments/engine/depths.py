"""When a given part of the charge has passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np


def at_depths(
    charges: Sequence[np.ndarray], times: Sequence[np.ndarray], depths: np.ndarray
) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Times at fractions of the charge that steps passed, a step at a time."""
    if not len(charges) or not len(depths):
        return
    passed, before = [], 0.0
    for charge in charges:
        # what passes back and forth in a step passes twice, so that this never falls
        moved = np.cumsum(np.abs(np.diff(charge)))
        passed.append(before + np.concatenate([[0.0], moved]))
        before = passed[-1][-1]
    targets = depths * passed[-1][-1]
    owners = np.searchsorted([charge[-1] for charge in passed], targets)
    owners = np.minimum(owners, len(passed) - 1)
    for step, (charge, time) in enumerate(zip(passed, times, strict=True)):
        own = owners == step
        if own.any():
            yield step, own, np.interp(targets[own], charge, time)

"""Options of the solid-state models: PyBaMM's and their own."""

from __future__ import annotations

import pybamm

OWN_OPTIONS = {"particle sizes": ("one", "two")}
"""Options that PyBaMM does not know, and their values, the default first."""


class SolidStateOptions(pybamm.BatteryModelOptions):
    """PyBaMM's options, completed and checked, with `OWN_OPTIONS` added.

    Parameters
    ----------
    extra_options : dict
        What differs from the defaults.

    Raises
    ------
    pybamm.OptionError
        If PyBaMM does not know an option or a value, or a combination cannot be.
    """

    def __init__(self, extra_options: dict):
        asked = dict(extra_options)
        own = {
            name: asked.pop(name, possible[0]) for name, possible in OWN_OPTIONS.items()
        }
        super().__init__(asked)
        self.possible_options.update(
            {name: list(possible) for name, possible in OWN_OPTIONS.items()}
        )
        self.update(own)

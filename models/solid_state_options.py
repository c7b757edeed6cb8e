"""Options of the solid-state models: PyBaMM's and their own."""

from __future__ import annotations

import pybamm

OWN_OPTIONS = {
    "interface relaxation": ("false", "true", "with bulk"),
    "particle sizes": ("one", "two"),
}
"""Options that PyBaMM does not know, and their values, the default first."""


SUPPORTED_OPTIONS = {
    "calculate discharge energy": ("true", "false"),
    "intercalation kinetics": ("symmetric Butler-Volmer", "linear"),
    "thermal": ("isothermal", "lumped"),
    "operating mode": ("current", "voltage", "power", "resistance"),
    "working electrode": ("positive",),
    **OWN_OPTIONS,
}
"""Options that may differ from PyBaMM's defaults, and their values."""


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


def solid_state_options(
    options: dict | None, model: str, required: dict | None = None
) -> SolidStateOptions:
    """Options of a solid-state model, completed and checked.

    Parameters
    ----------
    options : dict, optional
        What the user asked for.
    model : str
        Name of the model, for the error message.
    required : dict, optional
        Further options that the model itself needs.

    Returns
    -------
    SolidStateOptions
        The options to hand to PyBaMM.

    Raises
    ------
    pybamm.OptionError
        If an option would ask for physics that the model does not have.
    """
    required = {
        "working electrode": "positive",
        "surface form": "false",
        "cell geometry": "pouch",  # volume and surface are those of its layers
        **(required or {}),
    }
    options = {"calculate discharge energy": "true", **required, **(options or {})}
    reference = SolidStateOptions(required)
    # before PyBaMM has its word on combinations; a name it does not know is its own
    for name, value in options.items():
        accepted = SUPPORTED_OPTIONS.get(name, (reference.get(name, value),))
        if value not in accepted and not (name == "operating mode" and callable(value)):
            raise pybamm.OptionError(
                f"{model} does not support '{name}': '{value}'; it accepts "
                + " or ".join(f"'{item}'" for item in accepted)
            )
    return SolidStateOptions(options)

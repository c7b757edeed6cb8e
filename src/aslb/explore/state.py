"""What the page shows, as a link, a cell file, a command and Python say it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from aslb.errors import InputError, Mistakes
from aslb.experiments.c_rate import rate_of
from aslb.experiments.output.figure_style import rate_label
from aslb.explore.sliders import SLIDERS, Scale, scales_of
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.names import RANGES
from aslb.parameters.nearest import nearest

C_RATES: tuple[float, ...] = (1 / 20, 1 / 10, 1 / 5, 1 / 2, 1.0, 2.0)
RATES_OFFERED = (*C_RATES, 5.0)
MOST_RATES = 8
CELL, RATES, LOSSES_AT = "cell", "rates", "losses_at"
FILE = "explored.toml"
"""What the cell is called that the page hands out."""


@dataclass(frozen=True)
class State:
    """What the page shows.

    Parameters
    ----------
    cell : str
        Name of the cell, among those that the page offers.
    values : mapping of str to float, optional
        What was moved: values in the units of `SLIDERS`, by key.
    c_rates : tuple of float, optional
        Rates that are shown [h-1], rising.
    losses_at : float, optional
        The one of them whose losses are shown [h-1].
    """

    cell: str
    values: Mapping[str, float] = field(default_factory=dict)
    c_rates: tuple[float, ...] = C_RATES
    losses_at: float = 1.0

    def query(self) -> dict[str, str]:
        """The state as the parameters of a link; what is as usual is left out."""
        found = {CELL: self.cell}
        found |= {key: repr(value) for key, value in self.values.items()}
        if self.c_rates != C_RATES:
            found[RATES] = ",".join(map(spoken, self.c_rates))
        if self.losses_at != 1:
            found[LOSSES_AT] = spoken(self.losses_at)
        return found

    def link(self) -> str:
        """The link without the address of the page."""
        return f"?{urlencode(self.query())}"

    def changes(self) -> dict[str, float]:
        """What was moved, as `Cell.vary` takes it."""
        return {SLIDERS[key].name: value for key, value in self.values.items()}

    def explored(self, cell: Cell) -> Cell:
        """The cell with everything where it was moved to."""
        return cell.vary(self.changes()) if self.values else cell

    def toml(self, cell: Cell) -> str:
        """A cell file of what is shown, which `Cell` reads."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / FILE
            self.explored(cell).save(path)
            return path.read_text(encoding="utf-8")

    def command(self, cell: Cell, model: str) -> str:
        """Commands that give what is shown, for the cell file of `toml` in `FILE`.

        Parameters
        ----------
        cell : Cell
            The cell as it ships.
        model : str
            "SolidStateDFN" or "SolidStateSPM".
        """
        scale = scales_of(cell)["thickness_um"]
        layer = self.values.get("thickness_um", scale.own)
        rates = " ".join(f"--c-rate {spoken(rate)}" for rate in self.c_rates)
        return (
            f"aslb thickness --cell {FILE} --beside none --bands 0 --no-hold-study \\\n"
            f"  --range-um {layer!r} {layer!r} --points 1 {rates} --model {model}\n"
            f"aslb impedance {FILE} --soc 50 --model {model}\n"
        )

    def python(self, cell: Cell, model: str) -> str:
        """Python that gives the capacities, energies and losses that are shown."""
        made = f"Cell({cell.source!r})"
        if self.values:
            each = ", ".join(f"{k!r}: {v!r}" for k, v in self.changes().items())
            made = f"{made}.vary({{{each}}})"
        return (
            "from aslb import Cell, Study, cccv, impedance\n"
            "from aslb.parameters.composition.masses import BOUNDARIES\n\n"
            f"cell = {made}\n"
            "study = Study(\n"
            "    cell,\n"
            "    cccv(cycles=3),\n"
            f'    {{"c_rate": {[*self.c_rates]!r}}},\n'
            f"    model={model!r},\n"
            '    quantities=["discharge_capacity", "specific_energy"],\n'
            "    boundaries=list(BOUNDARIES),\n"
            "    losses_at_depth=[0.5, 1.0],\n"
            "    curve_points=61,\n"
            ")\n"
            "data = study.run().isel(cycle=-1)  # the third cycle at each rate\n"
            "print(data.discharge_capacity.to_pandas())  # mAh/g\n"
            "print(data.specific_energy.to_pandas())  # Wh/kg\n"
            f"spectrum = impedance(cell, model={model!r}).impedance.squeeze()\n"
        )


def spoken(c_rate: float) -> str:
    """A rate as it is spoken, and if that is not exact, as a number."""
    label = rate_label(c_rate)
    return label if rate_of(label) == c_rate else repr(float(c_rate))


def state_of(query: Mapping[str, str], offered: Mapping[str, Cell]) -> State:
    """The state that a link asks for.

    Parameters
    ----------
    query : mapping of str to str
        Parameters of the link.
    offered : mapping of str to Cell
        Cells of the page by name; the first is what is shown if none is asked for.

    Raises
    ------
    InputError
        If it asks for what there is not, a line a mistake.
    """
    mistakes = Mistakes()
    accepted = (CELL, RATES, LOSSES_AT, *SLIDERS)
    name = query.get(CELL, next(iter(offered)))
    if name not in offered:
        raise InputError(
            f"link: no cell {name!r}; {nearest(name, offered)}accepted: "
            f"{', '.join(offered)}"
        )
    values: dict[str, float] = {}
    scales = scales_of(offered[name])
    unknown = [key for key in query if key not in accepted]
    if unknown:
        words = ", ".join(f"{key!r}" for key in unknown)
        near = nearest(unknown[0], accepted) if len(unknown) == 1 else ""
        raise InputError(
            f"link: unknown {words}; {near}accepted: {', '.join(accepted)}"
        )
    for key, said in query.items():
        with mistakes.kept("link"):
            if key in SLIDERS and key not in scales:
                raise InputError(f"{key}: {name} has no such plain number")
            if key in SLIDERS:
                values[key] = _value(said, scales[key])
    rates, shown = C_RATES, 1.0
    with mistakes.kept("link"):
        if RATES in query:
            rates = tuple(sorted({*map(_rate, query[RATES].split(","))}))
        if len(rates) > MOST_RATES:
            raise InputError(f"{len(rates)} rates; accepted: at most {MOST_RATES}")
        if LOSSES_AT in query:
            shown = _rate(query[LOSSES_AT])
    mistakes.tell()
    own = {key: (scale.own, scale.stop) for key, scale in scales.items()}
    values = {key: x for key, x in values.items() if x not in own[key]}
    return State(name, values, rates, shown if shown in rates else rates[-1])


def _value(said: str, scale: Scale) -> float:
    key, (low, *_, high) = scale.slider.key, scale.steps
    try:
        value = float(said)
    except ValueError:
        raise InputError(f"{key}: {said!r}; accepted: a number") from None
    if not low <= value <= high:  # NaN neither
        raise InputError(f"{key}: {said}; accepted: from {low:g} to {high:g}")
    return value


def _rate(said: str) -> float:
    rate, (low, high) = rate_of(said), RANGES["h-1"]
    if not (math.isfinite(rate) and low <= rate <= high):
        raise InputError(f"C-rate {said}; accepted: from {low:g} to {high:g}, as C/20")
    return float(rate)

"""What the page shows as files."""

from __future__ import annotations

import numpy as np
import pandas as pd

from aslb.explore.answer import DEPTHS, FREQUENCIES, Answer
from aslb.explore.charts import charts, in_one_svg
from aslb.models.submodels.voltage_losses import LOSSES
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.masses import BOUNDARIES


def by_rate(answer: Answer) -> bytes:
    """Capacity and energies, a row a rate, as CSV."""
    table = pd.DataFrame(
        {
            "c_rate [h-1]": answer.state.c_rates,
            "model": answer.model,
            "discharge_capacity [mAh/g]": answer.capacity,
        }
    )
    for name, unit in (("specific_energy", "Wh/kg"), ("energy_density", "Wh/L")):
        for boundary, column in zip(BOUNDARIES, getattr(answer, name).T, strict=True):
            table[f"{name} of {boundary} [{unit}]"] = column
    table["remark"] = answer.remarks
    return _csv(table)


def curves(answer: Answer) -> bytes:
    """Voltage and losses along each discharge, as CSV."""
    rows = len(answer.state.c_rates)
    columns = {
        "c_rate [h-1]": np.repeat(answer.state.c_rates, len(DEPTHS)),
        "capacity [mAh/g]": np.outer(answer.capacity, DEPTHS).ravel(),
        "voltage [V]": answer.voltage.ravel(),
    }
    by_component = answer.losses.reshape(rows * len(DEPTHS), len(LOSSES)).T
    for name, column in zip(LOSSES, by_component, strict=True):
        columns[f"{name} loss [V]"] = column
    return _csv(pd.DataFrame(columns))


def spectrum(answer: Answer) -> bytes:
    """The impedance at rest, as CSV."""
    z = answer.impedance
    columns = {
        "frequency [Hz]": FREQUENCIES,
        "real [Ohm.cm2]": z.real,
        "imaginary [Ohm.cm2]": z.imag,
    }
    return _csv(pd.DataFrame(columns))


def drawing(answer: Answer, as_built: Answer, cell: Cell) -> bytes:
    """All charts as SVG."""
    return in_one_svg(charts(answer, as_built, cell)).encode()


def _csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False).encode()

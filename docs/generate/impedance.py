"""Write ``docs/impedance.md`` and its figures: python docs/generate/impedance.py.

It takes some two minutes.
"""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pybamm

from aslb import Study, __version__, cccv, impedance, resistance
from aslb.experiments.analyses.impedance.figures import nyquist
from aslb.experiments.analyses.impedance.resistance import CELLS
from aslb.experiments.analyses.impedance.resistance_report import waterfall
from aslb.experiments.output.figure_style import (
    MARKERS,
    MUTED,
    ONE_COLUMN,
    TWO_COLUMNS,
    cell_label,
    styled,
)
from aslb.experiments.plating import DENSITIES, plating_steps
from aslb.models.symmetric_cell import SymmetricCell
from aslb.parameters.cells.cao2021.blocking import blocking
from aslb.parameters.cells.cao2021.printed import printed

DOCS = Path(__file__).resolve().parents[1]
PAGE, FIGURES = DOCS / "impedance.md", DOCS / "figures"
BLOCKING = {"electrodes": "blocking", "interface relaxation": "with bulk"}
CELSIUS = (30, 40, 50, 60, 70, 80, 90, 100)
TEMPERATURES = (5, 15, 25, 35, 45)  # °C
LOOKS = {  # as in the figures of validation
    cell: {"color": MUTED[2 * n], "marker": MARKERS[n]} for n, cell in enumerate(CELLS)
}
HALIDE = {layer: LOOKS[f"Cao2021_{layer}_halide"] for layer in ("thin", "thick")}
TEXT = (Path(__file__).with_name("impedance.txt")).read_text("utf-8")


def conductance(values: pybamm.ParameterValues, celsius: float) -> float:
    """Of a blocking cell, where its spectrum meets the real axis [S]."""
    values["Ambient temperature [K]"] = celsius + 273.15
    simulation = pybamm.EISSimulation(
        SymmetricCell(BLOCKING), parameter_values=values, skip_surface_form_check=True
    )
    (z,) = simulation.solve([1.0]).impedance
    return 1 / z.real


def blocking_table() -> pd.DataFrame:
    """Printed and modelled conductances, as printed and less a residual resistance."""
    rows = []
    for layer in ("thin", "thick"):
        ohm = printed("transport", layer, "resistance_ohm")
        hot = printed("transport", "at_100C", f"{layer}_conductance_mS")
        for reading, residual in (("as printed", False), ("less 0.45 Ω", True)):
            values = blocking(layer, residual=residual)
            energy = "Separator electrolyte conductivity activation energy [J.mol-1]"
            rows.append(
                {
                    "cell": layer,
                    "reading": reading,
                    "Ea / eV": f"{values[energy] / 96485.33:.3f}",
                    "Ω at 30 °C": f"{1 / conductance(values, 30):.2f}",
                    "printed": f"{ohm:.2f}",
                    "mS at 100 °C": f"{1e3 * conductance(values, 100):.0f}",
                    "printed ": f"{hot:.0f}",
                }
            )
    return pd.DataFrame(rows)


@styled
def plot_conductance() -> plt.Figure:
    """Conductance and area resistance against temperature, as figures 3I and 3J."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(TWO_COLUMNS, 2.7))
    for layer, residual in [("thin", False), ("thin", True), ("thick", False)]:
        values = blocking(layer, residual=residual)
        found = np.array([conductance(values, celsius) for celsius in CELSIUS])
        area = 1e4 * values["Electrode height [m]"] ** 2
        label = f"{layer}, less 0.45 Ω" if residual else f"{layer}, as printed"
        style = {"color": HALIDE[layer]["color"], "ls": "--" if residual else "-"}
        left.semilogy(CELSIUS, 1e3 * found, label=label, **style)
        right.semilogy(CELSIUS, area / found, **style)
        if not residual:
            points = [
                printed("transport", layer, "conductance_mS"),
                printed("transport", "at_100C", f"{layer}_conductance_mS"),
            ]
            left.plot(
                [30, 100], points, ls="", label=f"{layer}, paper", **HALIDE[layer]
            )
    left.set(xlabel="Temperature [°C]", ylabel="Conductance [mS]")
    right.set(xlabel="Temperature [°C]", ylabel="Area resistance [Ω cm²]")
    figure.legend(loc="outside lower center", ncols=3)
    return figure


def capacities() -> pd.DataFrame:
    """Discharge capacity by cell, temperature and rate [mAh/g]."""
    study = Study(
        ["Cao2021_thick_halide", "Cao2021_thin_halide"],
        cccv(),
        {
            "conditions.temperature [K]": [
                celsius + 273.15 for celsius in TEMPERATURES
            ],
            "c_rate": [0.2, 1.0],
        },
    )
    return study.run().discharge_capacity


@styled
def plot_capacity(found) -> plt.Figure:
    """Capacity against temperature, a line a cell and rate."""
    figure, axes = plt.subplots(figsize=(ONE_COLUMN, 2.5))
    for cell in found.cell.values:
        for rate, style in zip(found.c_rate.values, ("-", "--"), strict=True):
            label = f"{cell_label(str(cell))}, {'1C' if rate == 1 else 'C/5'}"
            line = found.sel(cell=cell, c_rate=rate)
            axes.plot(
                TEMPERATURES,
                line,
                style,
                ms=3,
                label=label,
                **LOOKS[str(cell)],
            )
    axes.set(
        xlabel="Temperature [°C]",
        ylabel="Discharge capacity [mAh/g]",
        ylim=(0, None),
    )
    axes.legend(handlelength=4)  # long enough for dashes
    return figure


def per_kelvin(found) -> str:
    """How much a capacity changes between 15 and 35 °C, by cell and rate."""
    kelvins = found.sizes
    name = next(dim for dim in kelvins if dim not in ("cell", "c_rate"))
    slope = (found.isel({name: 3}) - found.isel({name: 1})) / 20
    rows = [
        {
            "cell": cell_label(str(cell)),
            **{
                f"{'1C' if rate == 1 else 'C/5'} / mAh/g/K": (
                    f"{float(slope.sel(cell=cell, c_rate=rate)):.2f}"
                )
                for rate in found.c_rate.values
            },
        }
        for cell in found.cell.values
    ]
    return _markdown(pd.DataFrame(rows))


def plating() -> str:
    """Overpotential of symmetric In-Li cells at the steps of figure S14 [mV]."""
    rows = []
    for name in ("Cao2021_thick_halide", "Cao2021_thin_halide"):
        values = pybamm.ParameterValues(name)
        area = values["Electrode height [m]"] * values["Electrode width [m]"]
        solution = pybamm.Simulation(
            SymmetricCell(),
            parameter_values=values,
            experiment=plating_steps(area),
        ).solve()
        ends = [-cycle.steps[0]["Voltage [V]"].entries[-1] for cycle in solution.cycles]
        told = {
            f"{density / 10:g} mA/cm²": f"{1e3 * end:.1f}"
            for density, end in zip(DENSITIES, ends, strict=True)
        }
        rows.append({"separator": cell_label(name).split()[0], **told})
    return _markdown(pd.DataFrame(rows))


def heating() -> str:
    """How much a cell warms itself at 1C [K]."""
    values = pybamm.ParameterValues("Cao2021_thin_halide")
    values["Current function [A]"] = values["Nominal cell capacity [A.h]"]
    solution = pybamm.Simulation(
        pybamm.Model("SolidStateDFN", options={"thermal": "lumped"}),
        parameter_values=values,
    ).solve([0, 3000], initial_soc=0.95)
    warmed = solution["Volume-averaged cell temperature [K]"].entries
    return f"{(warmed - warmed[0]).max():.1f}"


def resistances(found) -> str:
    """Resistances by component, a column a cell [Ohm.cm2]."""
    table = found.resistance.squeeze(drop=True).to_pandas().T
    table.loc["sum"] = table.sum()
    table.columns = [cell_label(str(name)) for name in table.columns]
    return _markdown(table.map("{:.1f}".format).rename_axis("Ω cm²").reset_index())


def main() -> None:
    """Solve, draw and write."""
    resisting, spectra, found = resistance(CELLS), impedance(CELLS), capacities()
    for name, figure in {
        "resistance": waterfall(resisting),
        "nyquist": nyquist(spectra),
        "nyquist-states": nyquist(impedance(CELLS, soc=[0.1, 0.5, 0.9])),
        "conductance": plot_conductance(),
        "capacity-temperature": plot_capacity(found),
    }.items():
        figure.savefig(FIGURES / f"{name}.png")
        plt.close(figure)
    PAGE.write_text(
        TEXT.format(
            resistances=resistances(resisting),
            blocking=_markdown(blocking_table()),
            per_kelvin=per_kelvin(found),
            cold=found.sel(cell="Cao2021_thick_halide", c_rate=1.0).values[1],
            plating=plating(),
            heating=heating(),
            version=__version__,
            pybamm=pybamm.__version__,
        ),
        "utf-8",
    )


def _markdown(table: pd.DataFrame) -> str:
    lines = [list(table.columns), ["---"] * table.shape[1]]
    lines += np.asarray(table, dtype=object).tolist()
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


if __name__ == "__main__":
    main()

"""
In plain PyBaMM
===============

The models and cells are PyBaMM's own kinds of thing, so that a script of yours needs
few new words. Here: what does the thin membrane change in a discharge at C/2?
"""

import matplotlib.pyplot as plt
import pybamm

from aslb import cccv
from aslb.models.submodels.voltage_losses import LOSSES

solutions = {
    cell: pybamm.Simulation(
        pybamm.Model("SolidStateDFN"),
        parameter_values=pybamm.ParameterValues(cell),
        experiment=cccv("C/2"),
    ).solve()
    for cell in ("Cao2021_thick_halide", "Cao2021_thin_halide")
}

# %%
# Every loss is a variable, and together they are what is missing to the open-circuit
# voltage. Stacked on the voltage they fill the gap.

plt.style.use("aslb.experiments.output.journal")
figure, both = plt.subplots(1, 2, figsize=(7.2, 3), sharex=True, sharey=True)
for axes, (cell, solution) in zip(both, solutions.items(), strict=True):
    discharge = solution.cycles[0].steps[1]
    passed = discharge["Discharge capacity [A.h]"].entries
    passed = (passed - passed[0]) * 1e3
    level = discharge["Terminal voltage [V]"].entries
    axes.plot(passed, level, "k", label="terminal voltage")
    for loss in LOSSES:
        above = level + discharge[f"{loss} loss [V]"].entries
        axes.fill_between(passed, level, above, lw=0, label=loss)
        level = above
    axes.set(title=cell, xlabel="Charge passed [mAh]")
both[0].set_ylabel("Voltage against the foil [V]")
figure.legend(*both[0].get_legend_handles_labels(), loc="outside right")

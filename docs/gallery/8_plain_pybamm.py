"""
In plain PyBaMM
===============

The models and cells are PyBaMM's own kinds of thing, so that a script of yours needs few
new words. Here: what does the thin membrane change in a discharge at 1C?
"""

import matplotlib.pyplot as plt
import pybamm

from aslb import cccv

solutions = {
    cell: pybamm.Simulation(
        pybamm.Model("SolidStateDFN"),
        parameter_values=pybamm.ParameterValues(cell),
        experiment=cccv("1C"),
    ).solve()
    for cell in ("Cao2021_thick_halide", "Cao2021_thin_halide")
}

# %%
# Every loss is a variable, and together they are what is missing to the open-circuit
# voltage. Stacked on the voltage they fill the gap.

losses = ["Separator", "Anode interface", "Catholyte", "Kinetic", "Particle concentration"]
figure, both = plt.subplots(
    1, 2, figsize=(8, 3.5), sharex=True, sharey=True, layout="constrained"
)
for axes, (cell, solution) in zip(both, solutions.items(), strict=True):
    discharge = solution.cycles[0].steps[1]
    passed = discharge["Discharge capacity [A.h]"].entries * 1e3
    level = discharge["Terminal voltage [V]"].entries
    stack = [discharge[f"{loss} loss [V]"].entries for loss in losses]
    axes.stackplot(passed - passed[0], level, *stack, labels=["", *losses])
    axes.collections[0].set_visible(False)
    axes.plot(passed - passed[0], level, "k", label="terminal voltage")
    axes.set(title=cell, xlabel="Charge / mAh", ylim=(2.4, 3.9))
both[0].set_ylabel("Voltage against the foil / V")
both[1].legend(frameon=False, fontsize="small")

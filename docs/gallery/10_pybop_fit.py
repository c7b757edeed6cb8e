"""
A fit by PyBOP
==============

Which active fraction and exchange current make the model meet a rate test?
``aslb.pybop_problem`` is the question that ``aslb.calibrate`` answers, as a problem of
`PyBOP <https://pybop-docs.readthedocs.io>`_, for any of its optimisers that ask for no
gradient. The test is what Cao et al. (2021) print of their thin cell; the name of a CSV
file with yours may stand in its place.
"""

import matplotlib.pyplot as plt
import pybop

from aslb import Cell, Study, cccv, pybop_problem

cell = Cell("Cao2021_thin_halide")
start = {
    "Positive electrode active fraction": 0.8,
    "Positive electrode reference exchange-current density [A.m-2]": 10.0,
}
problem = pybop_problem(cell, cell.measured, list(start), model="SolidStateSPM")
problem.parameters.update(initial_values=list(start.values()))
optimiser = pybop.CMAES(problem, options=pybop.PintsOptions(max_iterations=25))
result = optimiser.run()
print(result)

# %%
# What PyBOP prints as initial parameters is the first set that it tried: CMA-ES draws
# its sets around the start that was given.

# %%
# A cell takes what was found by name, and is then a cell as any other.

found = {name: value.item() for name, value in result.best_inputs.items()}
rates = sorted(set(cell.measured.c_rates))
plt.style.use("aslb.experiments.output.journal")  # a column of a journal wide
figure, axes = plt.subplots()
for label, values in {"started from": start, "found": found}.items():
    study = Study(cell.vary(values), cccv(), {"c_rate": rates}, model="SolidStateSPM")
    axes.plot(rates, study.run().discharge_capacity, ".-", label=label)
axes.plot(cell.measured.c_rates, cell.measured.capacities, "ko", ms=3, label="measured")
axes.set(xlabel="C-rate", ylabel="Discharge capacity [mAh/g]", ylim=(0, None))
axes.legend()

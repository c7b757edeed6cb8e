"""
A design found by PyBOP
=======================

A thicker cathode holds more energy, until lithium cannot get through it in time. How
thick is best for the cell's weight? `PyBOP <https://pybop-docs.readthedocs.io>`_ varies
the cathode of a plain PyBaMM model, for two membranes. Its own design cost is what a
kilogram of foil, membrane, cathode and current collectors gives in a discharge at C/2.
"""

import matplotlib.pyplot as plt
import pybamm
import pybop

CATHODE = "Positive electrode thickness [m]"
ENERGY = "Gravimetric energy density [W.h.kg-1]"
LAYERS = (
    "Negative current collector",
    "Negative electrode",
    "Separator",
    "Positive electrode",
    "Positive current collector",
)


def design(membrane):
    """Energy of a charged cell with a membrane [m], its cathode being the unknown."""
    values = pybamm.ParameterValues("Cao2021_thin_halide")
    area = values["Electrode height [m]"] * values["Electrode width [m]"]
    mass = area * sum(
        pybamm.Parameter(f"{layer} thickness [m]")
        * pybamm.Parameter(f"{layer} density [kg.m-3]")
        for layer in LAYERS
    )
    values.update({"Cell mass [kg]": mass}, check_already_exists=False)
    values["Separator thickness [m]"] = membrane
    # the foil, and the current of 1C, are as many times larger as the cathode is
    for name in ("Negative electrode thickness [m]", "Nominal cell capacity [A.h]"):
        values[name] *= pybamm.Parameter(CATHODE) / values[CATHODE]
    span = 25e-6, 150e-6
    values[CATHODE] = pybop.Parameter(
        bounds=[*span], initial_value=60e-6, transformation=pybop.UnitHyperCube(*span)
    )

    model = pybamm.Model("SolidStateDFN")
    pybop.pybamm.add_variable_to_model(model, ENERGY)
    protocol = pybamm.Experiment(["Discharge at C/2 until 2.5 V"])
    simulator = pybop.pybamm.Simulator(model, values, {"Initial SoC": 1}, protocol)
    return pybop.Problem(simulator, pybop.DesignCost(ENERGY))


# %%
# Every point is a cell that the optimiser tried.

plt.style.use("aslb.experiments.output.journal")  # a column of a journal wide
figure, axes = plt.subplots()
options = pybop.SciPyMinimizeOptions(method="Powell", tol=0.05, maxiter=1)
for membrane in (20e-6, 150e-6):
    optimiser = pybop.SciPyMinimize(design(membrane), options)
    best = optimiser.run()
    tried = zip(optimiser.logger.x_model, optimiser.logger.cost, strict=True)
    thicknesses, energies = zip(*sorted(tried), strict=True)
    label = f"{membrane * 1e6:g} µm"
    (line,) = axes.plot([x * 1e6 for x in thicknesses], energies, ".-", label=label)
    axes.plot(best.x * 1e6, best.best_cost, "o", ms=6, color=line.get_color())
    print(f"behind a membrane of {label}: {best.x.item() * 1e6:.0f} µm of cathode")
axes.set(xlabel="Cathode [µm]", ylabel="Energy at C/2 [Wh/kg]")
axes.legend(title="Membrane")

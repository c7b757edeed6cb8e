"""Charge and discharge a cell, and say what its membrane costs."""

import pybamm

experiment = pybamm.Experiment(
    ["Charge at C/5 until 3.85 V", "Discharge at C/5 until 2.5 V"]
)
simulation = pybamm.Simulation(pybamm.Model("SolidStateSPM"), experiment=experiment)
_, discharge = simulation.solve().cycles
print("Discharged [A.h]:", discharge["Discharge capacity [A.h]"].entries.max())
print("Separator loss [V]:", discharge["Separator loss [V]"].entries.max())

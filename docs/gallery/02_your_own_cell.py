"""
Your own cell
=============

A cell is a TOML file: layers, interfaces, conditions. Names carry their units, and each
section says where its numbers are from. They count as measured unless the section lists
them as assumed. This one is made up: NMC811 and a chloride on a thin sulfide membrane.
"""

from pathlib import Path

from aslb import Cell, energy_density, plot

print(Path("my_cell.toml").read_text())

# %%
# A number that is missing, misspelt or impossible is refused with what is accepted.
# What the file leaves open, such as the open-circuit potential of NMC811, is from
# literature: ``print(cell)`` says from where.

cell = Cell("my_cell.toml")
print(cell.provenance()["class"].value_counts())

# %%
# What would it store per kilogram, and what do thicker membranes cost? What is counted
# is said in the figure: a cathode, a membrane and a foil are not yet a cell with a
# casing.

answer = energy_density(
    cell, thicknesses=[20e-6, 50e-6, 200e-6], c_rates=["C/10", "C/5", "C/2", "1C"]
)
figure = plot(answer)

"""
Your own cell
=============

A cell is a TOML file: layers, interfaces, conditions. Names carry their units, and each
section says where its numbers are from. They count as measured unless the section lists
them as assumed. This one is made up: NMC811 and a chloride on a thin sulfide membrane.
"""

from pathlib import Path

from aslb import Cell, energy_density, plot

MINE = """
[separator]
source = "made up"
electrolyte = "Li6PS5Cl membrane"
assumed = ["thickness_um", "voids_percent", "electrolyte_mass_percent"]
thickness_um = 50
voids_percent = 5
electrolyte_mass_percent = 97

[cathode]
source = "made up"
active_material = "NMC811"
catholyte = "Li3InCl6"
assumed = ["thickness_um", "voids_percent", "active_mass_percent", "active_fraction"]
thickness_um = 60
voids_percent = 10
active_mass_percent = 80
active_fraction = [0.9, 0.8, 1.0] # value, and its range

[foil]
source = "made up"
material = "In-Li"
assumed = ["thickness_um", "exchange_current_density_A_m2", "lithium_to_indium"]
thickness_um = 100
exchange_current_density_A_m2 = 50
lithium_to_indium = 0.2

[interfaces]
source = "made up"
assumed = ["foil_ohm_cm2", "junction_ohm_cm2", "interphase_ohm_cm2"]
foil_ohm_cm2 = 10
junction_ohm_cm2 = 10
interphase_ohm_cm2 = 0

[conditions]
source = "made up"
assumed = [
  "area_cm2",
  "one_C_mA_g",
  "lower_cutoff_V",
  "upper_cutoff_V",
  "temperature_C",
  "reference_temperature_C",
]
area_cm2 = 1.0
one_C_mA_g = 180
lower_cutoff_V = 2.2
upper_cutoff_V = 3.6
temperature_C = 25
reference_temperature_C = 30
"""
Path("my_cell.toml").write_text(MINE)

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

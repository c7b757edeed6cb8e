"""
A design: the thickest membrane that meets what is asked
========================================================

At least 300 Wh/kg, and 80 % of the capacity at C/2, with lithium in the place of the
foil: how thick may the membrane be, and with how much cathode? A search of some hundred
designs, all of them solved, answers; `aslb design` is the same on the command line.
"""

from aslb import design, design_map, plot
from aslb.experiments.analyses.design.headline import headline

answer = design(
    "Cao2021_thin_halide",
    at_least=["specific_energy 300 Wh/kg at C/20", "retention 0.8 at C/2"],
    vary=["separator.thickness 5 300", "cathode.areal_capacity 1 6"],
    anode="Li",
    model="SolidStateSPM",  # seconds; the DFN is the default
    generations=4,
)
print(headline(answer))

# %%
# Every dot is a design, and the line is the front: no design has more of both.
plot(answer)

# %%
# The design map has the energy of all cells that keep 80 %, a panel a rate, and cells
# that were published at the place that they were built with. The single-particle model
# has no depth in the cathode: where the map of :doc:`the porous-electrode model
# </design>` ends at other loadings, that is the more exact one.
study = design_map(
    anode="Li",
    thicknesses=[10e-6, 30e-6, 100e-6, 300e-6, 1e-3],
    areal_capacities=[12, 25, 40, 60, 80, 100],
    model="SolidStateSPM",
)
plot(study)

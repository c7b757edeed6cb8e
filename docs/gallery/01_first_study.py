"""
A first thickness study
=======================

How thin must the membrane be? Thin enough that a thinner one gains nothing. The cell
here is that of Cao et al. (2021) with its thin membrane; only the thickness changes.
"""

import numpy as np

from aslb import plot, thickness

answer = thickness(
    "Cao2021_thin_halide",
    thicknesses=np.geomspace(20e-6, 1e-3, 9),  # m
    c_rates=["C/5", "C/2", "1C"],
    holds=[],  # leaves out what a longer hold would bring
)

# %%
# At the *critical thickness* 5 % of the capacity of an infinitely thin membrane are
# lost. The faster the cell is to be, the thinner its membrane; NaN is a rate at which
# no thickness here costs as much. A thinner membrane than that still saves mass and
# volume, and hardly gains capacity.

print((answer.critical_thickness * 1e6).rename("critical thickness [µm]").to_series())

# %%
# The figure has one line a rate. Dots are what the paper measured on the cell as built.

figure = plot(answer)

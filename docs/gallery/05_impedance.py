"""
Impedance of a cell
===================

What would a spectrum of this cell look like, and which arc is which?
"""

from aslb import impedance, plot

spectrum = impedance("Cao2021_thin_halide", soc=[0.1, 0.5, 0.9])

# %%
# An arc is named by the interface whose capacitance makes it. How large it is follows
# from the resistances of the cell. Where it is on the frequency axis follows from
# capacitances, and these are assumed, since nobody has printed those of this cell.

arcs = spectrum.arc_resistance.squeeze().to_pandas()
arcs.round(1)  # Ω cm², by state of charge

# %%
# The arc of charge transfer is the one that changes with the state of charge.

figure = plot(spectrum)

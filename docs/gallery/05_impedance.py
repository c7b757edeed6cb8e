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
# Charge transfer is slower in a cell that is nearly empty. LiCoO2 that is nearly full
# of lithium also hardly conducts electrons, which adds to the resistance at the highest
# frequency. So the whole spectrum starts further to the right.

start = spectrum.impedance.squeeze().real.isel(frequency=0).to_series()
start.round(1).to_frame("at 1 MHz [Ω cm²]")

# %%
# From 50 to 90 % hardly anything changes: the spectra lie on one another.

figure = plot(spectrum)

"""
First thickness study
=====================

Text.
"""
from aslb import plot, thickness

answer = thickness("Cao2021_thin_halide", [30e-6, 100e-6, 1e-3], [0.5, 1], model="SolidStateSPM")
figure = plot(answer)

"""Impedance spectra, and the resistances that they are made of."""

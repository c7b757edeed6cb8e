"""Spectra that are compared with data: the same numbers, measured and of the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from aslb.experiments.engine.linear_cell import (
    EXPONENTS,
    LinearCell,
    formed,
    relaxing_model,
)
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.measured_spectrum import MeasuredSpectrum

WORTH = 20  # independent points of a spectrum: what neighbours are off by is alike


def spectrum_rows(spectrum: MeasuredSpectrum) -> list[tuple[str, float, float]]:
    """Name, measured value and uncertainty of every part, frequency by frequency."""
    magnitudes = np.hypot(spectrum.real, spectrum.imaginary)
    parts = 2 * len(magnitudes)
    spreads = spectrum.uncertainty * magnitudes * np.sqrt(max(1.0, parts / WORTH))
    at = f"{100 * spectrum.soc:g} % [Ohm]"
    return [
        (f"{name} at {frequency:.4g} Hz, {at}", value, spread)
        for name, values in (("Z'", spectrum.real), ("Z''", spectrum.imaginary))
        for frequency, value, spread in zip(
            spectrum.frequencies, values, spreads, strict=True
        )
    ]


def spectrum_numbers(
    cell: Cell,
    model: str,
    names: frozenset[str],
    spectrum: MeasuredSpectrum,
    values: Sequence[Mapping[str, float]],
) -> np.ndarray:
    """What the model gives for each of `spectrum_rows`, a row a set of values."""
    ordered = _inputs(names)
    linear = _linear(cell, model, ordered, spectrum.soc)
    frequencies = np.array(spectrum.frequencies)
    rows = []
    for one in values:
        exponents = {
            element: one.get(name, cell.numbers[name])
            for element, name in EXPONENTS.items()
        }
        inputs = {name: one[name] for name in ordered}
        z = linear.impedance(frequencies, exponents, inputs).sum(axis=0) / cell.area
        rows.append(np.concatenate([z.real, z.imag]))
    return np.array(rows)


def diffusivity_of(
    cell: Cell,
    model: str,
    names: frozenset[str],
    soc: float,
    values: Mapping[str, np.ndarray],
) -> np.ndarray | None:
    """Diffusivity at a state of charge [m2.s-1], for each of many values.

    All that a spectrum knows of the parameters of a diffusivity that depends on the
    filling, and switches where that is at a threshold.
    """
    ordered = _inputs(names)
    inputs = {name: values[name] for name in ordered}
    return _linear(cell, model, ordered, soc).diffusivity(inputs)


def _inputs(names: frozenset[str]) -> tuple[str, ...]:
    """Those that a built cell takes: exponents are none, they scale its matrix."""
    return tuple(sorted(names.difference(EXPONENTS.values())))


@lru_cache(maxsize=8)
def _linear(cell: Cell, model: str, names: tuple[str, ...], soc: float) -> LinearCell:
    """A cell in which these parameters are inputs, built once in a process."""
    values = formed(cell.parameter_values())
    made = relaxing_model(model, values)
    values.update({name: "[input]" for name in names})
    return LinearCell(made, values, soc)

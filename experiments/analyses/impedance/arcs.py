"""Arcs of a spectrum, by the element whose capacitance makes each."""

from __future__ import annotations

import pandas as pd
import xarray as xr

COLUMNS = [
    "element",
    "frequency_Hz",
    "resistance_ohm_cm2",
    "z_real_ohm_cm2",
    "minus_z_imag_ohm_cm2",
]
NEGLIGIBLE = 1e-6  # of the largest arc


def arcs_of(spectrum: xr.Dataset) -> pd.DataFrame:
    """Every arc whose top is within the frequencies: where that is, and how large.

    Without the capacitance of an element the spectrum has its resistance at every
    frequency; what that adds is the element's own arc, in the place where it is.

    Parameters
    ----------
    spectrum : xarray.Dataset
        Of `impedance`, of one cell, state of charge and temperature.

    Returns
    -------
    pandas.DataFrame
        Columns `element`, `frequency_Hz` of its top, `resistance_ohm_cm2` that it adds
        to what is above it, and `z_real_ohm_cm2` and `minus_z_imag_ohm_cm2` of the
        spectrum there; from high to low frequencies.
    """
    rows, last = [], spectrum.frequency.size - 1
    least = NEGLIGIBLE * float(spectrum.arc_resistance.max())
    for element in spectrum.element.values:
        arc, resistance = (
            spectrum[name].sel(element=element) for name in ("arc", "arc_resistance")
        )
        at = int(abs(arc.imag).argmax("frequency"))
        if at in (0, last) or resistance <= least:
            continue
        there = complex(spectrum.impedance[at])
        rows.append(
            {
                "element": str(element),
                "frequency_Hz": float(spectrum.frequency[at]),
                "resistance_ohm_cm2": float(resistance),
                "z_real_ohm_cm2": there.real,
                "minus_z_imag_ohm_cm2": -there.imag,
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS).sort_values(
        "frequency_Hz", ascending=False
    )

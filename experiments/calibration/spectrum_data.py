"""Measured spectra of one's own, from CSV files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from aslb.errors import InputError
from aslb.parameters.composition.measured_spectrum import MeasuredSpectrum

COLUMNS = ["frequency_Hz", "z_real_ohm", "z_imag_ohm"]


def read_spectrum(
    path: Path | str, soc: float, uncertainty: float = 0.02
) -> MeasuredSpectrum:
    """A spectrum from a CSV file.

    Parameters
    ----------
    path : pathlib.Path or str
        Columns `frequency_Hz`, `z_real_ohm` and `z_imag_ohm`; or three columns without
        a header, as `aslb impedance` and other programs write them.
    soc : float
        State of charge at which it was measured, from 0 to 1.
    uncertainty : float, optional
        Standard uncertainty of each part, as a share of the magnitude.

    Raises
    ------
    InputError
        If the file cannot be read, a column is missing, or a row makes no sense:
        frequencies rise or fall throughout and are positive, and no part is missing.
    """
    path = Path(path)
    try:
        table = pd.read_csv(path, encoding="utf-8-sig", skipinitialspace=True)
        if len(table.columns) == len(COLUMNS) and _are_numbers(table.columns):
            table = pd.read_csv(
                path, encoding="utf-8-sig", skipinitialspace=True, names=COLUMNS
            )
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {str(error).splitlines()[0]}") from None
    for name in COLUMNS:
        if name not in table:
            raise InputError(
                f"{path}: no column '{name}'; accepted columns: {', '.join(COLUMNS)}"
            )
    numbers = table[COLUMNS].apply(pd.to_numeric, errors="coerce")
    for row, values in enumerate(numbers.to_numpy(float), start=1):
        if not np.isfinite(values).all() or values[0] <= 0:
            said = ", ".join(map(str, table[COLUMNS].iloc[row - 1]))
            raise InputError(
                f"{path}: row {row}: {said}; accepted: a positive frequency and two "
                "numbers"
            )
    frequencies = numbers["frequency_Hz"].to_numpy()
    steps = np.sign(np.diff(frequencies))
    if len(frequencies) < 3 or not (abs(steps.sum()) == len(steps)):
        raise InputError(
            f"{path}: frequencies; accepted: three or more, all rising or all falling"
        )
    real, imaginary = (tuple(numbers[name]) for name in COLUMNS[1:])
    return MeasuredSpectrum(
        tuple(frequencies), real, imaginary, soc, uncertainty, path.name
    )


def _are_numbers(words: pd.Index) -> bool:
    return bool(pd.to_numeric(pd.Series(words), errors="coerce").notna().all())

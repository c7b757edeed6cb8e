"""Spectra as other programs read them."""

from __future__ import annotations

import numpy as np

ZPLOT_HEAD = """\
ZPLOT2 ASCII
  Date: {date}
  Comment: {comment}
  Freq(Hz), Ampl, Bias, Time(Sec), Z'(a), Z''(b), GD, Err, Range
  End Comments
"""


def plain_csv(frequencies: np.ndarray, ohms: np.ndarray) -> str:
    """Frequency [Hz], Z' and Z'' [Ohm] without a header, as `impedance.py` reads it."""
    rows = zip(frequencies, ohms, strict=True)
    return "".join(f"{f:.10g},{z.real:.10g},{z.imag:.10g}\n" for f, z in rows)


def zplot(frequencies: np.ndarray, ohms: np.ndarray, comment: str, date: str) -> str:
    """A file of ZPlot and ZView: nine columns below a head."""
    rows = zip(frequencies, ohms, strict=True)
    return ZPLOT_HEAD.format(comment=comment, date=date) + "".join(
        f"{f:.8E}, 0, 0, 0, {z.real:.8E}, {z.imag:.8E}, 0, 0, 0\n" for f, z in rows
    )

"""Points about which something is to be said, and their signs in tables to read."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr


def remarks_of(study: xr.Dataset) -> xr.DataArray:
    """What is to be said of what was solved, by point or by cycle; mostly nothing."""
    if "remarks" in study:
        return study["remarks"]
    return study["reason"].where(study["status"] == "ok", "")


class Signs:
    """Signs of remarks in the tables of a summary: ``*1`` for the first, and so on."""

    def __init__(self) -> None:
        self._signs: dict[str, str] = {}

    def of(self, remark: Any) -> str:
        """The sign of a remark; of the empty one there is none."""
        if not remark:
            return ""
        return self._signs.setdefault(str(remark), f"*{len(self._signs) + 1}")

    def marked(self, values: npt.ArrayLike, remarks: npt.ArrayLike = "") -> np.ndarray:
        """Numbers as a table has them, each with the sign of its remark.

        Parameters
        ----------
        values : array_like
            Numbers; one that is NaN reads "failed".
        remarks : array_like, optional
            The remark of each, empty or not.

        Returns
        -------
        numpy.ndarray
            Texts in which digits stand below digits.
        """
        numbers, said = np.broadcast_arrays(values, remarks)
        signs = [self.of(remark) for remark in said.ravel()]
        width = max(map(len, signs), default=0)
        texts = [
            f"{value:.1f}" if np.isfinite(value) else "failed"
            for value in numbers.ravel()
        ]
        rows = [f"{t}{sign:{width}}" for t, sign in zip(texts, signs, strict=True)]
        return np.array(rows, dtype=object).reshape(numbers.shape)

    def notes(self) -> list[str]:
        """A line for each sign that was used."""
        return [f"{sign} {remark}" for remark, sign in self._signs.items()]

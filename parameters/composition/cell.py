"""A cell: what it is made of, and all that a simulation or a study asks of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
import pybamm
from typing_extensions import override

from aslb.errors import InputError
from aslb.parameters.composition.cell_file import CellFileError, read_cell
from aslb.parameters.composition.fit import Fit
from aslb.parameters.composition.measured import Measured
from aslb.parameters.composition.names import ParameterName, resolve
from aslb.parameters.composition.vary import all_changes, plain_numbers
from aslb.parameters.quantity import Quantities, Quantity, values

NEEDED = "Separator electrolyte conductivity [S.m-1]"


class Cell:
    """A solid-state cell."""

    def __init__(self, cell: Any, name: str | None = None):
        from aslb.parameters.cells.shipped import CELLS

        self._quantities: Quantities | None = None
        self._own: pybamm.ParameterValues | None = None
        self._fit: Callable[[], Fit | None] = lambda: None
        self._measured: Callable[[], Measured | None] = lambda: None
        if isinstance(cell, pybamm.ParameterValues):
            self.name = self.source = name or "custom"
            self._own = cell.copy()
        elif str(cell).endswith(".toml"):
            self.source, self.name = str(cell), name or Path(cell).stem
            try:
                self._quantities = read_cell(Path(cell))
            except CellFileError as error:
                raise InputError(str(error)) from None
        elif str(cell) in CELLS:
            self.name = self.source = str(cell)
            self._quantities = CELLS[self.name]()
        elif str(cell) in pybamm.parameter_sets:
            self.name = self.source = str(cell)
            self._own = pybamm.ParameterValues(self.name)
        else:
            raise InputError(
                f"unknown cell '{cell}'; accepted: {', '.join(CELLS)}, or a TOML file"
            )
        if self._own is not None and NEEDED not in self._own:
            raise InputError(
                f"'{self.name}' is no solid-state cell: it has no '{NEEDED}'; "
                f"accepted: {', '.join(CELLS)}, or a TOML file"
            )

    @classmethod
    def of(cls, cell: Any) -> Cell:
        """A cell as it is, and anything else as a cell."""
        return cell if isinstance(cell, cls) else cls(cell)

    @property
    def quantities(self) -> Quantities:
        """Quantities by PyBaMM name."""
        if self._quantities is None:
            raise InputError(
                f"'{self.name}' is plain parameter values, without provenance"
            )
        return MappingProxyType(dict(self._quantities))

    def parameter_values(self) -> pybamm.ParameterValues:
        """Values for PyBaMM: a fresh copy."""
        if self._own is not None:
            return self._own.copy()
        if self.source in pybamm.parameter_sets:
            base = pybamm.ParameterValues(self.source)
            base.update(values(self.quantities))
            return base
        return pybamm.ParameterValues(values(self.quantities))

    @cached_property
    def _values(self) -> pybamm.ParameterValues:
        return self.parameter_values()

    @property
    def numbers(self) -> dict[str, float]:
        """Parameters that are plain numbers, by PyBaMM name."""
        return self._numbers

    @cached_property
    def _numbers(self) -> dict[str, float]:
        return plain_numbers(self._values)

    def provenance(self) -> pd.DataFrame:
        """Every value with unit, class, source and range."""
        from aslb.parameters.cells.shipped import table

        return table(self.quantities)

    def resolve(self, name: str) -> ParameterName:
        """The parameter of a name."""
        return resolve(name, [str(key) for key in self._values.keys()])

    def changes(self, written: Mapping[ParameterName, float]) -> dict[str, float]:
        """Plain numbers that change."""
        return all_changes(self._numbers, written)

    def vary(self, entries: Mapping[str, float]) -> Cell:
        """A new cell in which these differ, and what follows."""
        changes = self.changes({self.resolve(k): v for k, v in entries.items()})
        what = ", ".join(f"{k} = {v:g}" for k, v in entries.items())
        return self.with_values(
            {
                name: Quantity(value, _unit(name), "setting", f"varied: {what}")
                for name, value in changes.items()
            }
        )

    def with_values(self, replaced: Quantities) -> Cell:
        """A new cell in which these quantities replace what there was."""
        new = object.__new__(type(self))
        new.__dict__.update(
            {k: v for k, v in self.__dict__.items() if k not in ("_values", "_numbers")}
        )
        if self._own is not None:
            new._own = self._own.copy()
            new._own.update(values(replaced))
        else:
            new._quantities = {**self.quantities, **replaced}
        return new

    def with_fit(self, fit: Fit) -> Cell:
        """A new cell with fitted values."""
        new = self.with_values(
            {
                name: replace(
                    self.quantities[name],
                    value=value,
                    kind="fitted",
                    formula=None,
                    inputs={},
                    fitted_to=fit.fitted_to,
                )
                for name, value in fit.values.items()
                if name not in fit.own
            }
        )
        new._fit = lambda: fit
        return new

    @property
    def fit(self) -> Fit | None:
        """The calibration that it carries."""
        return self._fit()

    @property
    def measured(self) -> Measured | None:
        """What was measured on it."""
        return self._measured()

    def cutoffs(
        self, upper: float | None = None, lower: float | None = None
    ) -> dict[str, float]:
        """Cut-offs [V]: those asked for, or else the cell's own."""
        own = self._values
        return {
            "upper_cutoff": own["Upper voltage cut-off [V]"]
            if upper is None
            else upper,
            "lower_cutoff": own["Lower voltage cut-off [V]"]
            if lower is None
            else lower,
        }

    @property
    def area(self) -> float:
        """Area of the cell [m2]."""
        return float(
            self._values["Electrode height [m]"] * self._values["Electrode width [m]"]
        )

    @property
    def active_mass(self) -> float:
        """Mass of active material in the cell [kg]."""
        areal = self._values["Positive electrode active material areal mass [kg.m-2]"]
        return float(areal) * self.area

    @cached_property
    def hash(self) -> str:
        """SHA-256 over names and values."""
        return parameter_hash(self._values)

    def save(self, path: str | Path) -> None:
        """Write a file that reads back to the same cell."""
        raise NotImplementedError

    @override
    def __repr__(self) -> str:
        return f"Cell({self.source!r})"


def parameter_hash(values: pybamm.ParameterValues) -> str:
    """SHA-256 over names and values; functions count by their qualified name."""
    entries = sorted(
        (
            name,
            f"{value.__module__}.{value.__qualname__}"
            if callable(value)
            else str(value),
        )
        for name, value in values.items()
    )
    return hashlib.sha256(json.dumps(entries).encode()).hexdigest()


def _unit(name: str) -> str:
    return name.rpartition("[")[2].rstrip("]") if name.endswith("]") else "1"

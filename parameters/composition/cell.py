"""A cell: what it is made of, and all that a simulation or a study asks of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pybamm
from typing_extensions import override

from aslb.errors import InputError
from aslb.parameters.composition import document
from aslb.parameters.composition.composition import Composition
from aslb.parameters.composition.design import Design
from aslb.parameters.composition.fit import Fit
from aslb.parameters.composition.layers import ACTIVE_MASS
from aslb.parameters.composition.measured import Measured
from aslb.parameters.composition.names import ParameterName
from aslb.parameters.composition.sources import State, accepted, state_of
from aslb.parameters.composition.table import provenance, short
from aslb.parameters.quantity import Quantities


class Cell:
    """A solid-state cell; it never changes, and what changes it gives a new one.

    Parameters
    ----------
    cell : str, pathlib.Path, Composition or pybamm.ParameterValues
        A cell that ships with the package, or any parameter set of a solid-state cell
        that PyBaMM knows by name; a TOML file; sections; or parameter values of one's
        own, which have no provenance.
    name : str, optional
        Name for tables; by default the parameter set's, the stem of the file, the
        composition's, or "custom".

    Raises
    ------
    InputError
        If there is no such cell, or it is no solid-state cell.
    """

    def __init__(
        self,
        cell: str | Path | Composition | pybamm.ParameterValues,
        name: str | None = None,
    ):
        self.state = state_of(cell, name, Cell)

    @classmethod
    def from_state(cls, state: State) -> Cell:
        """The cell that knows all this; for modules of this folder."""
        cell = object.__new__(cls)
        cell.state = state
        return cell

    @classmethod
    def of(cls, cell: Any) -> Cell:
        """A cell as it is, and anything else that makes one as a cell."""
        return cell if isinstance(cell, cls) else cls(cell)

    @property
    def quantities(self) -> Quantities:
        """Every quantity by PyBaMM name, with its provenance.

        Raises
        ------
        InputError
            If the cell is parameter values of one's own, which have none.
        """
        if self.state.design.composition is None:
            raise InputError(
                f"'{self.name}' is parameter values without provenance; accepted: "
                f"{accepted()}"
            )
        return self.state.design.quantities

    def parameter_values(self) -> pybamm.ParameterValues:
        """Values for PyBaMM, a fresh copy; they name whom to cite."""
        return self.state.design.parameter_values()

    @property
    def numbers(self) -> Mapping[str, float]:
        """Plain numbers in SI units by PyBaMM name."""
        return self.state.design.numbers

    @property
    def entries(self) -> Mapping[str, float]:
        """Entries of its design, in SI units; parameter values have none."""
        return self.state.design.entries

    def provenance(self) -> pd.DataFrame:
        """Table of `name value unit class source lower upper fitted_to`.

        A function's value is its name; its range is that of its values.
        """
        return provenance(self.quantities)

    def resolve(self, name: str) -> ParameterName:
        """The parameter of a name in any spelling, as ``separator.thickness [um]``.

        Raises
        ------
        InputError
            If there is none, or not in that unit.
        """
        return self.state.design.resolve(name)

    def changes(self, written: Mapping[ParameterName, float]) -> dict[str, float]:
        """Plain numbers that change at a point of a study.

        Parameters
        ----------
        written : mapping of ParameterName to float
            What varies, in the units of the names.

        Returns
        -------
        dict of str to float
            SI values by PyBaMM name: those of `vary`, but for the current of a plain
            simulation, which a protocol replaces. The names are the same at any point.
        """
        return self.state.design.changes(written)

    def vary(self, entries: Mapping[str, float]) -> Cell:
        """Another cell of another design.

        An entry changes a section, and the cell is composed again, so that masses,
        fractions and the current of 1C follow; any other name replaces that quantity
        alone. A fit says nothing of what varied.

        Parameters
        ----------
        entries : mapping of str to float
            Values by any name that `resolve` takes, in the unit of the name.

        Raises
        ------
        InputError
            If a name is unknown, given twice or no plain number, or a value is none
            that a material has.
        """
        design, changed = self.state.design.vary(entries)
        return self._with(design, ("vary", dict(entries)), self._fit_without(changed))

    def with_values(self, replaced: Quantities) -> Cell:
        """Another cell, in which quantities replace those of their PyBaMM names.

        Raises
        ------
        InputError
            If the cell has none of that name.
        """
        return self._with(
            self.state.design.with_values(replaced),
            ("parameters", dict(replaced)),
            self._fit_without(set(replaced)),
        )

    def with_fit(self, fit: Fit) -> Cell:
        """Another cell that carries a fit and its values, of class "fitted".

        Parameters
        ----------
        fit : Fit
            What was found; names that are its `own` keep the cell's quantities.

        Raises
        ------
        InputError
            If a value is outside the range of the cell's quantity.
        """
        fitted = fit.quantities(self.quantities)
        return self._with(
            self.state.design.with_values(fitted), ("fit", fit), lambda: fit
        )

    @property
    def name(self) -> str:
        """Name for tables."""
        return self.state.name

    @property
    def source(self) -> str:
        """What it was made of: name of a parameter set, or path as written."""
        return self.state.source

    @property
    def measured(self) -> Measured | None:
        """What was measured on it, if anything."""
        return self.state.measured

    @property
    def fit(self) -> Fit | None:
        """The fit that it carries, if any."""
        return self.state.fit()

    def document(self) -> str | dict[str, Any]:
        """What a cell file holds of it: a name, or tables.

        Raises
        ------
        InputError
            If it was composed in Python or is parameter values of one's own.
        """
        if self.state.base is None:
            raise InputError(
                f"'{self.name}' was made in Python; accepted to save: shipped cells "
                "and cells from files, varied, with other values or with a fit"
            )
        return document.nested(self.state.base, self.state.layers)

    def save(self, path: str | Path) -> None:
        """Write a TOML file that reads back to equal quantities, fit and measured.

        Raises
        ------
        InputError
            If the cell was made in Python, or the file cannot be written.
        """
        tables = self.document()
        content = {"base": tables} if isinstance(tables, str) else tables
        if Path(path).suffix != ".toml":
            raise InputError(f"cell file {path}; accepted: a name that ends in .toml")
        document.write(Path(path), content)

    def cutoffs(
        self, upper: float | None = None, lower: float | None = None
    ) -> dict[str, Any]:
        """Cut-offs of a protocol, as asked for or else the cell's own.

        Parameters
        ----------
        upper, lower : float, optional
            Cut-offs asked for, against the foil [V].

        Returns
        -------
        dict of str to float
            `upper_cutoff` and `lower_cutoff` [V].
        """
        own = self.state.design.values
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
        sides = (
            self.numbers["Electrode height [m]"],
            self.numbers["Electrode width [m]"],
        )
        return sides[0] * sides[1]

    @property
    def active_mass(self) -> float:
        """Mass of active material in the cell [kg]; A.h over it is mAh/g."""
        return self.numbers[ACTIVE_MASS] * self.area

    @property
    def hash(self) -> str:
        """SHA-256 over names and values; functions count by their qualified name."""
        return self.state.design.hash

    @override
    def __repr__(self) -> str:
        head = f"{self.name}, made of {self.source}"
        if self.state.design.composition is None:
            return f"{head}: parameter values without provenance"
        return f"{head}\n{short(self.provenance())}"

    def _fit_without(self, names: set[str]) -> Callable[[], Fit | None]:
        """The fit of a cell that has some of its names for its own."""

        def fit() -> Fit | None:
            found = self.fit
            own = names.intersection(found.names if found else ())
            return found and replace(
                found, own=(*found.own, *sorted(own.difference(found.own)))
            )

        return fit

    def _with(
        self, design: Design, layer: tuple[str, Any], fit: Callable[[], Fit | None]
    ) -> Cell:
        layers = (*self.state.layers, layer)
        return self.from_state(
            replace(self.state, design=design, layers=layers, fit=fit)
        )

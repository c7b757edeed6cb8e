"""A cell: what it is made of, and all that a simulation or a study asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
import pybamm
from typing_extensions import override

from aslb.errors import InputError
from aslb.parameters.composition import document, names, sources
from aslb.parameters.composition.composition import Composition
from aslb.parameters.composition.entries import ENTRIES, following, read, remade
from aslb.parameters.composition.fit import Fit
from aslb.parameters.composition.layers import ACTIVE_MASS
from aslb.parameters.composition.names import ParameterName
from aslb.parameters.composition.si import replacing_in_si
from aslb.parameters.composition.table import provenance, short, values_hash
from aslb.parameters.given import is_number, real
from aslb.parameters.quantity import Quantities, plain, values


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

    Attributes
    ----------
    name : str
        Name for tables.
    source : str
        What it was made of: name of a parameter set, or path as written.
    measured : Measured or None
        What was measured on it.

    Raises
    ------
    InputError
        If there is no such cell, or it is no solid-state cell.
    """

    def __init__(
        self,
        cell: str | Path | Composition | pybamm.ParameterValues | sources.State,
        name: str | None = None,
    ):
        self.state = (
            cell if isinstance(cell, sources.State) else sources.state_of(cell, name)
        )
        self.name = self.state.name
        self.source = self.state.source
        self.measured = self.state.measured
        self._followers: dict[frozenset[str], tuple[str, ...]] = {}

    @override
    def __reduce__(self) -> tuple[Any, ...]:
        # what is cached is for reading only, which no pickle is
        return Cell, (self.state,)

    @classmethod
    def of(cls, cell: Any) -> Cell:
        """A cell as it is, and anything else that makes one as a cell."""
        return cell if isinstance(cell, cls) else cls(cell)

    @property
    def fit(self) -> Fit | None:
        """The fit that it carries, if any."""
        fit = self.state.fit()
        if fit is None:
            return None
        own = self.state.changed.intersection(fit.names).difference(fit.own)
        return replace(fit, own=(*fit.own, *sorted(own))) if own else fit

    def readings(self) -> list[tuple[Cell, float]]:
        """It in every reading of what was measured, and how likely each is."""
        return self.state.readings() or [(self, 1.0)]

    @cached_property
    def quantities(self) -> Quantities:
        """Every quantity by PyBaMM name; parameter values of one's own have none."""
        if self.state.composition is None:
            raise InputError(
                f"'{self.name}' is parameter values without provenance; accepted: "
                f"{sources.accepted()}"
            )
        composed = self.state.composition.quantities()
        return MappingProxyType({**composed, **self.state.replaced})

    def parameter_values(self) -> pybamm.ParameterValues:
        """Values for PyBaMM, a fresh copy; they name whom to cite."""
        composition = self.state.composition
        made_of = composition.parameter_set() if composition else self.state.own
        return pybamm.ParameterValues({**made_of, **values(self.state.replaced)})

    @cached_property
    def _values(self) -> pybamm.ParameterValues:
        """Values for PyBaMM, to be read only."""
        return self.parameter_values()

    @cached_property
    def numbers(self) -> Mapping[str, float]:
        """Plain numbers in SI units by PyBaMM name."""
        return MappingProxyType(
            {
                str(name): float(value)
                for name, value in self._values.items()
                if is_number(value)
            }
        )

    @cached_property
    def _plain(self) -> Any:
        """The sections with numbers in the place of quantities."""
        return plain(self.state.composition)

    @cached_property
    def entries(self) -> Mapping[str, float]:
        """Entries of its design, in SI units; parameter values have none."""
        if self._plain is None:
            return {}
        found = {name: read(self._plain, name) for name in ENTRIES}
        return {name: value for name, value in found.items() if value is not None}

    def provenance(self) -> pd.DataFrame:
        """Table of `name value unit class source lower upper fitted_to`.

        A function's value is its name; its range is that of its values.
        """
        return provenance(self.quantities)

    def resolve(self, name: str) -> ParameterName:
        """The parameter of a name in any spelling, as ``separator.thickness [um]``."""
        return names.resolve(name, map(str, self._values.keys()), self.entries)

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
        alone = {n.pybamm_name: n.si(x) for n, x in written.items() if not n.entry}
        entries = {name.entry: name.si(x) for name, x in written.items() if name.entry}
        if not entries:
            return alone
        composed = remade(self._plain, entries).quantities()
        return {name: composed[name] for name in self._following(entries)} | alone

    def _following(self, entries: Mapping[str, Any]) -> tuple[str, ...]:
        """PyBaMM names of what changes with entries, found once for each set."""
        known, key = self._followers, frozenset(entries)
        if key not in known:
            known[key] = following(self._plain, sorted(key)) if key else ()
        return known[key]

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
        settings = names.settings(self, entries)
        made = {name.entry: x for name, x in settings.items() if name.entry}
        alone = {name.pybamm_name: x for name, x in settings.items() if not name.entry}
        anew = self._following(made)
        replaced = {
            name: quantity
            for name, quantity in self.state.replaced.items()
            if name not in anew  # gives way to what is composed anew
        }
        return self._with(
            ("vary", {name: real(value) for name, value in entries.items()}),
            composition=remade(self.state.composition, made),
            replaced=replaced | alone,
            changed=self.state.changed.union(anew, alone),
            measured=self.state.still_measured({*anew, *alone}),
            readings=self.state.after(lambda one: one.vary(entries)),
        )

    def with_values(self, replaced: Quantities) -> Cell:
        """Another cell, in which quantities replace those of their PyBaMM names.

        One in another unit of its kind, as "um" for "m", is converted.

        Raises
        ------
        InputError
            If the cell has none of that name, or the unit is not one of it.
        """
        replaced = replacing_in_si(replaced, map(str, self._values.keys()))
        return self._with(
            ("parameters", replaced),
            replaced={**self.state.replaced, **replaced},
            changed=self.state.changed.union(replaced),
            measured=self.state.still_measured(replaced),
            readings=self.state.after(lambda one: one.with_values(replaced)),
        )

    def with_fit(self, fit: Fit) -> Cell:
        """Another cell that carries a fit, its values, of class "fitted", and its data.

        The fit's `own` keep the cell's quantities; values outside ranges are refused.
        """
        return self._with(
            ("fit", fit),
            replaced={**self.state.replaced, **fit.quantities(self.quantities)},
            fit=lambda: fit,
            changed=frozenset(),
            measured=fit.data if fit.data.c_rates else None,
            readings=list,
        )

    def _with(self, layer: tuple[str, Any], **changes: Any) -> Cell:
        return Cell(replace(self.state, layers=(*self.state.layers, layer), **changes))

    def document(self) -> str | dict[str, Any]:
        """What a cell file holds of it: a name, or tables; made in Python, nothing."""
        if self.state.base is None:
            raise InputError(
                f"'{self.name}' was made in Python; accepted to save: shipped cells "
                "and cells from files, varied, with other values or with a fit"
            )
        return document.nested(self.state.base, self.state.layers)

    def save(self, path: str | Path) -> None:
        """Write a TOML file that reads back to equal quantities, fit and measured."""
        tables = self.document()
        if Path(path).suffix != ".toml":
            raise InputError(f"cell file {path}; accepted: a name that ends in .toml")
        content = {"base": tables} if isinstance(tables, str) else tables
        document.write(Path(path), content)

    def cutoffs(
        self, upper: float | None = None, lower: float | None = None
    ) -> dict[str, Any]:
        """A dict of `upper_cutoff` and `lower_cutoff` [V]; by default the cell's."""
        own, ends = self._values, {"upper": upper, "lower": lower}
        return {
            f"{end}_cutoff": own[f"{end.title()} voltage cut-off [V]"]
            if x is None
            else x
            for end, x in ends.items()
        }

    @property
    def area(self) -> float:
        """Area of the cell [m2]."""
        known = self.numbers
        return known["Electrode height [m]"] * known["Electrode width [m]"]

    @property
    def active_mass(self) -> float:
        """Mass of active material in the cell [kg]; A.h over it is mAh/g."""
        return self.numbers[ACTIVE_MASS] * self.area

    @cached_property
    def hash(self) -> str:
        """SHA-256 over names and values; functions count by their qualified name."""
        return values_hash(self._values)

    @override
    def __repr__(self) -> str:
        head = f"{self.name}, made of {self.source}"
        if self.state.composition is None:
            return f"{head}: parameter values without provenance"
        return f"{head}\n{short(self.provenance())}"

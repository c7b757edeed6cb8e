"""What a cell is made of, and what changes in it when its design is varied."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from types import MappingProxyType
from typing import Any, Self

import pybamm
from typing_extensions import override

from aslb.errors import InputError
from aslb.parameters.composition.composition import Composition
from aslb.parameters.composition.entries import ENTRIES, following, remade
from aslb.parameters.composition.names import ParameterName, check, resolve
from aslb.parameters.quantity import VARIED, Quantities, Quantity, plain, values


@dataclass(frozen=True, eq=False)
class Design:
    """Sections with quantities on top, or parameter values of one's own.

    Parameters
    ----------
    composition : Composition or None
        The sections; None for parameter values of one's own.
    replaced : mapping of str to Quantity, optional
        What replaces quantities that were composed, by PyBaMM name.
    own : pybamm.ParameterValues, optional
        Parameter values without provenance.
    """

    composition: Composition | None
    replaced: Quantities = field(default_factory=dict)
    own: pybamm.ParameterValues | None = None

    @override
    def __getstate__(self) -> dict[str, Any]:
        # what is cached is for reading only, which no pickle is
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @cached_property
    def quantities(self) -> Quantities:
        """Every quantity by PyBaMM name; of one's own values there are none."""
        if self.composition is None:
            return MappingProxyType({})
        return MappingProxyType({**self.composition.quantities(), **self.replaced})

    def parameter_values(self) -> pybamm.ParameterValues:
        """Values for PyBaMM, a fresh copy."""
        if self.composition is None:
            assert self.own is not None
            copied = self.own.copy()
            copied.update(values(self.replaced))
            return copied
        return pybamm.ParameterValues(
            {**self.composition.parameter_set(), **values(self.replaced)}
        )

    @cached_property
    def values(self) -> pybamm.ParameterValues:
        """The same values, to be read only."""
        return self.parameter_values()

    @cached_property
    def numbers(self) -> Mapping[str, float]:
        """What is a plain number, in SI units by PyBaMM name."""
        return MappingProxyType(
            {
                str(name): float(value)
                for name, value in self.values.items()
                if isinstance(value, int | float) and not isinstance(value, bool)
            }
        )

    @cached_property
    def plain(self) -> Composition | None:
        """The sections with numbers in the place of quantities."""
        return None if self.composition is None else plain(self.composition)

    @cached_property
    def entries(self) -> Mapping[str, float]:
        """Entries with their values in SI units, by name."""
        if self.plain is None:
            return {}
        found = {name: entry.read(self.plain) for name, entry in ENTRIES.items()}
        return {name: value for name, value in found.items() if value is not None}

    @cached_property
    def hash(self) -> str:
        """SHA-256 over names and values; functions count by their qualified name."""
        entries = sorted(
            (
                name,
                f"{value.__module__}.{value.__qualname__}"
                if callable(value)
                else str(value),
            )
            for name, value in self.values.items()
            if name != "citations"  # no value: a file may move
        )
        return hashlib.sha256(json.dumps(entries).encode()).hexdigest()

    def resolve(self, name: str) -> ParameterName:
        """The parameter of a name; see `aslb.parameters.composition.names.resolve`."""
        return resolve(name, map(str, self.values.keys()), self.entries)

    def changes(self, written: Mapping[ParameterName, float]) -> dict[str, float]:
        """Plain numbers that change; see `Cell.changes`."""
        alone = {
            name.pybamm_name: name.si(value)
            for name, value in written.items()
            if not name.entry
        }
        entries = {name.entry: name.si(x) for name, x in written.items() if name.entry}
        if not entries:
            return alone
        assert self.plain is not None  # no other cell resolves an entry
        composed: Mapping[str, Any] = remade(self.plain, entries).quantities()
        return {name: composed[name] for name in self.following(entries)} | alone

    @cached_property
    def _followers(self) -> dict[frozenset[str], tuple[str, ...]]:
        return {}

    def following(self, entries: Mapping[str, Any]) -> tuple[str, ...]:
        """PyBaMM names of what changes with entries."""
        key = frozenset(entries)
        if key not in self._followers:
            assert self.plain is not None or not entries
            self._followers[key] = (
                following(self.plain, sorted(entries)) if self.plain else ()
            )
        return self._followers[key]

    def vary(self, entries: Mapping[str, float]) -> tuple[Self, set[str]]:
        """Another design; see `Cell.vary`.

        Returns
        -------
        Design
            The new one.
        set of str
            PyBaMM names of what changed.
        """
        varied = {name: self._setting(name, x) for name, x in self._named(entries)}
        made = {name.entry: item for name, item in varied.items() if name.entry}
        alone = {name.pybamm_name: x for name, x in varied.items() if not name.entry}
        # what was replaced before gives way to what is composed anew
        anew = self.following(made)
        kept = {name: x for name, x in self.replaced.items() if name not in anew}
        composition = self.composition and remade(self.composition, made)
        return type(self)(composition, kept | alone, self.own), {*anew, *alone}

    def _named(self, entries: Mapping[str, float]) -> list[tuple[ParameterName, float]]:
        """Parameters that vary, each checked with its value."""
        found: dict[str, tuple[ParameterName, float]] = {}
        for written, value in entries.items():
            name = self.resolve(written)
            if name.pybamm_name in found:
                raise InputError(f"vary: '{written}' varies twice, under two names")
            if name.pybamm_name not in self.numbers:
                raise InputError(
                    f"vary: '{written}' is no plain number in this cell; accepted: "
                    "parameters that are"
                )
            check(name, value)
            found[name.pybamm_name] = name, value
        return list(found.values())

    def _setting(self, name: ParameterName, value: float) -> Quantity:
        """A value of a study as a quantity that says what it was before."""
        if name.entry and self.composition:
            was = ENTRIES[name.entry].read(self.composition)
        elif self.quantities:
            was = self.quantities[name.pybamm_name]
        else:
            return Quantity(float(name.si(value)), "1", "setting", "varied")
        source = was.source
        if VARIED not in source:
            before = f"{was.number:.6g} {was.unit}".removesuffix(" 1")
            source = f"{VARIED}{before}, {was.kind}: {source}"
        return Quantity(float(name.si(value)), was.unit, "setting", source)

    def with_values(self, replaced: Quantities) -> Self:
        """Another design, in which quantities replace what there is.

        Raises
        ------
        InputError
            If there is nothing of that name.
        """
        for name in replaced:
            if name not in self.values:
                raise InputError(
                    f"no quantity '{name}'; accepted: names that aslb cells lists"
                )
        return type(self)(self.composition, {**self.replaced, **replaced}, self.own)

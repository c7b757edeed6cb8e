"""What a study file may say, checked by pydantic, a mistake in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from aslb.errors import InputError
from aslb.experiments.engine.cycle import RTOL
from aslb.experiments.engine.outputs import BOUNDARY, ENERGIES, QUANTITIES, Outputs
from aslb.experiments.protocols import C_RATE, HOLD
from aslb.experiments.study.points import METHODS, count, number
from aslb.models.registry import DFN, MODELS
from aslb.parameters.composition.masses import BOUNDARIES

TIGHTEST, LOOSEST = 1e-9, 1e-3  # tolerances at which the integrator works
MAX_CYCLES = 1000
ALLOWED = {
    "latin hypercube": {"points", "seed"},
    "sobol": {"points", "seed"},
    "csv": {"file"},
    "adaptive": {"points", "goal", "loss"},
}
"""Keys that go with some methods only."""

BLOCKS = "accepted: a list of [c_rate, cycles], as [[0.05, 3], [0.1, 5]]"


def one_of(what: str, accepted: Iterable[str], value: Any) -> str:
    """One of several words, or one line about what it is instead."""
    if not isinstance(value, str) or value not in accepted:
        raise InputError(f"{what}: {value!r}; accepted: {', '.join(accepted)}")
    return value


def names(what: str, value: Any) -> tuple[str, ...]:
    """A list of names, each once, or one line about what it is instead."""
    if (
        not isinstance(value, list | tuple)
        or not value
        or not all(isinstance(item, str) and item.isprintable() for item in value)
    ):
        raise InputError(f"{what}: {value!r}; accepted: a list of names")
    for i, item in enumerate(value):
        if item in value[:i]:
            raise InputError(f"{what}: '{item}' is given twice")
    return tuple(value)


def rate_blocks(value: Any) -> tuple[tuple[float, int], ...]:
    """Rates of a rate test, and how many cycles at each, or one line about it."""
    what = "protocol.rates"
    if not isinstance(value, list) or not value:
        raise InputError(f"{what}: {value!r}; {BLOCKS}")
    blocks = []
    for block in value:
        if not isinstance(block, list) or len(block) != 2:
            raise InputError(f"{what}: {block!r}; {BLOCKS}")
        c_rate = number(what, block[0])
        if c_rate <= 0:
            raise InputError(f"{what}: {c_rate:g}; accepted: a positive rate, as 0.05")
        blocks.append((c_rate, count(what, block[1], 1, MAX_CYCLES)))
    total = sum(cycles for _, cycles in blocks)
    if total > MAX_CYCLES:
        raise InputError(f"{what}: {total} cycles; accepted: at most {MAX_CYCLES}")
    return tuple(blocks)


def _several(check: Callable[[Any], str], what: str, value: Any) -> tuple[str, ...]:
    return tuple(check(item) for item in names(what, value))


def _depths(value: Any) -> tuple[float, ...]:
    what = "outputs.losses_at_depth"
    if not isinstance(value, list | tuple):
        raise InputError(f"{what}: accepted: a list of fractions")
    for depth in value:
        if not 0 <= number(what, depth) <= 1:
            raise InputError(f"{what}: {depth:g}; accepted: fractions from 0 to 1")
    if len({f"{depth:g}" for depth in value}) < len(value):
        raise InputError(f"{what}: the same depth is given twice")
    return tuple(map(float, value))


def _curve_points(value: Any) -> int:
    if value == 0 and not isinstance(value, bool):
        return 0
    return count("outputs.curve_points", value, 2, 10_000)


def _rtol(value: Any) -> float:
    rtol = number("rtol", value)
    if not TIGHTEST <= rtol <= LOOSEST:
        raise InputError(f"rtol: {rtol:g}; accepted: {TIGHTEST:g} to {LOOSEST:g}")
    return rtol


def _number(what: str) -> BeforeValidator:
    return BeforeValidator(partial(number, what))


def _word(what: str, accepted: Iterable[str]) -> BeforeValidator:
    return BeforeValidator(partial(one_of, what, tuple(accepted)))


def _words(what: str, accepted: Iterable[str]) -> BeforeValidator:
    check = partial(one_of, what, tuple(accepted))
    return BeforeValidator(partial(_several, check, what))


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OutputsSection(_Section):
    """The table ``outputs`` of a study file."""

    quantities: Annotated[
        tuple[str, ...], _words("outputs.quantities", (*QUANTITIES, *ENERGIES))
    ] = (
        "charge_capacity",
        "discharge_capacity",
    )
    boundaries: Annotated[tuple[str, ...], _words("outputs.boundaries", BOUNDARIES)] = (
        BOUNDARY,
    )
    losses_at_depth: Annotated[tuple[float, ...], BeforeValidator(_depths)] = ()
    curve_points: Annotated[int, BeforeValidator(_curve_points)] = 0

    @model_validator(mode="after")
    def _boundaries_are_of_energies(self) -> Self:
        if "boundaries" in self.model_fields_set and not self._energies:
            raise InputError(
                f"outputs.boundaries: accepted with quantities {' or '.join(ENERGIES)}"
            )
        return self

    @property
    def _energies(self) -> tuple[str, ...]:
        return tuple(name for name in self.quantities if name in ENERGIES)

    def outputs(self) -> Outputs:
        """What is kept of each point."""
        return Outputs(
            tuple(name for name in self.quantities if name in QUANTITIES),
            self.losses_at_depth,
            self.curve_points,
            self._energies,
            self.boundaries if self._energies else (),
        )


class ProtocolSection(_Section):
    """The table ``protocol`` of a study file."""

    name: Annotated[str, _word("protocol.name", ("cccv", "rate_test"))] = "cccv"
    c_rate: Annotated[float, _number("protocol.c_rate")] | None = None
    rates: (
        Annotated[tuple[tuple[float, int], ...], BeforeValidator(rate_blocks)] | None
    ) = None
    upper_cutoff_V: Annotated[float, _number("protocol.upper_cutoff_V")] | None = None
    lower_cutoff_V: Annotated[float, _number("protocol.lower_cutoff_V")] | None = None
    hold_h: Annotated[float, _number("protocol.hold_h")] = HOLD

    @model_validator(mode="after")
    def _rates_are_of_rate_tests(self) -> Self:
        if self.name == "cccv" and self.rates is not None:
            raise InputError(
                "protocol.rates: not accepted with protocol 'cccv'; accepted with "
                "'rate_test'"
            )
        if self.name == "rate_test":
            if self.c_rate is not None:
                raise InputError(RATE_IN_RATE_TEST)
            if self.rates is None:
                raise InputError(f"protocol.rates is missing; {BLOCKS}")
        return self


RATE_IN_RATE_TEST = (
    f"{C_RATE}: not accepted with protocol 'rate_test', which has its rates in "
    "protocol.rates"
)


class Settings(_Section):
    """How the points of a study are chosen and solved, and what is kept."""

    model: Annotated[str, _word("model", MODELS)] = DFN
    method: Annotated[str, _word("method", METHODS)] = "grid"
    points: Any = None
    seed: Any = 0
    file: Any = None
    goal: Any = None
    loss: Any = None
    rtol: Annotated[float, BeforeValidator(_rtol)] = RTOL
    vary: Any = Field(default_factory=dict)
    outputs: OutputsSection = OutputsSection()

    @model_validator(mode="after")
    def _keys_go_with_the_method(self) -> Self:
        of_methods = set().union(*ALLOWED.values())
        for key in sorted(of_methods - ALLOWED.get(self.method, set())):
            if key in self.model_fields_set:
                raise InputError(f"{key}: not accepted with method '{self.method}'")
        if self.method == "csv":
            if "vary" in self.model_fields_set:
                raise InputError(
                    "vary: not accepted with method 'csv': the file has it"
                )
            if not isinstance(self.file, str):
                raise InputError(f"file: {self.file!r}; accepted: name of a CSV file")
        elif not isinstance(self.vary, Mapping) or not (
            self.vary or self.method == "grid"  # which is then of one point
        ):
            raise InputError("vary: nothing varies; accepted: a table of parameters")
        return self


class StudyFile(Settings):
    """A study as its file describes it."""

    cells: Annotated[tuple[str, ...], BeforeValidator(partial(names, "cells"))] = (
        "Cao2021_thin_halide",
    )
    protocol: ProtocolSection = ProtocolSection()

    @model_validator(mode="after")
    def _something_varies(self) -> Self:
        if self.method != "csv" and not self.vary:
            raise InputError("vary: nothing varies; accepted: a table of parameters")
        return self


def checked(section: type[Any], content: Mapping[str, Any]) -> Any:
    """A section made of its content.

    Parameters
    ----------
    section : type
        `Settings` or `StudyFile`.
    content : mapping
        Keys and values.

    Returns
    -------
    Settings or StudyFile
        The section, checked.

    Raises
    ------
    InputError
        With the first thing that is wrong, the key and what is accepted.
    """
    try:
        return section.model_validate(dict(content))
    except ValidationError as error:
        raise InputError(_first(error, section)) from None


def _first(error: ValidationError, section: type[BaseModel]) -> str:
    problems = error.errors(include_url=False)
    # a misspelt key explains what else is missing
    unknown = [item for item in problems if item["type"] == "extra_forbidden"]
    problem = (unknown or problems)[0]
    if problem["type"] == "value_error":
        return str(problem["ctx"]["error"])
    place = [str(part) for part in problem["loc"]]
    parents = place[:-1] if unknown else place
    for key in parents:
        annotation = section.model_fields[key].annotation
        section = annotation if isinstance(annotation, type) else section
    # what a study file begins with comes first: the keys it has of its own
    inherited = set(section.model_fields) - set(section.__annotations__)
    accepted = ", ".join(sorted(section.model_fields, key=inherited.__contains__))
    if unknown:
        return f"unknown key {'.'.join(place)!r}; accepted: {accepted}"
    return f"{'.'.join(place)}: accepted: a table with {accepted}"

"""Checks of what a study file says, each of one value."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from aslb.errors import InputError, about
from aslb.experiments.c_rate import pairs_of, rate_of, rates_of
from aslb.experiments.protocols import C_RATE
from aslb.experiments.study.points import MAX_POINTS, SCALES
from aslb.parameters.given import count, number

TIGHTEST, LOOSEST = 1e-9, 1e-3  # tolerances at which the integrator works
MAX_CYCLES = 1000
MESH = ("x_p", "r_p")
MESH_POINTS = (4, 1000)

# Each takes what a file says and gives what it means, or says what is wrong with it;
# `settings.checked` begins the message with the key.


def word_of(accepted: Collection[str]) -> Callable[[Any], str]:
    """A check for one of several words."""

    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in accepted:
            raise InputError(f"{value!r}; accepted: {', '.join(accepted)}")
        return value

    return check


def names(value: Any) -> tuple[str, ...]:
    """A list of names, each once."""
    if (
        not isinstance(value, list | tuple)
        or not value
        or not all(isinstance(item, str) and item.isprintable() for item in value)
    ):
        raise InputError(f"{value!r}; accepted: a list of names")
    for i, item in enumerate(value):
        if item in value[:i]:
            raise InputError(f"'{item}' is given twice")
    return tuple(value)


def words_of(accepted: Collection[str]) -> Callable[[Any], tuple[str, ...]]:
    """A check for a list of several words, each once."""
    return lambda value: tuple(map(word_of(accepted), names(value)))


def rate_blocks(value: Any) -> tuple[tuple[float, int], ...]:
    """Rates of a rate test, and how many cycles at each."""
    blocks = []
    for said, cycles in pairs_of(value):
        c_rate = rate(said)
        if c_rate <= 0:
            raise InputError(f"{c_rate:g}; accepted: a positive rate, as 0.05")
        blocks.append((c_rate, count(cycles, 1, MAX_CYCLES)))
    total = sum(cycles for _, cycles in blocks)
    if total > MAX_CYCLES:
        raise InputError(f"{total} cycles; accepted: at most {MAX_CYCLES}")
    return tuple(blocks)


def rate(value: Any) -> float:
    """A rate, as a number or as it is spoken."""
    return number(rate_of(value))


def varied(value: Any) -> Any:
    """What varies, with numbers in the place of rates as they are spoken."""
    if not isinstance(value, Mapping) or C_RATE not in value:
        return value
    said = value[C_RATE]
    with about(C_RATE):
        if isinstance(said, Mapping):  # a range: its ends may be spoken
            ends = {key: rates_of(said[key]) for key in SCALES if key in said}
            return {**value, C_RATE: {**said, **ends}}
        return {**value, C_RATE: rates_of(said)}


def depths(value: Any) -> tuple[float, ...]:
    """Fractions of a charge or a discharge, each once."""
    if not isinstance(value, list | tuple):
        raise InputError("accepted: a list of fractions")
    for depth in value:
        if not 0 <= number(depth) <= 1:
            raise InputError(f"{depth:g}; accepted: fractions from 0 to 1")
    if len({f"{depth:g}" for depth in value}) < len(value):
        raise InputError("the same depth is given twice")
    return tuple(map(float, value))


def points_of_curves(value: Any) -> int:
    """How many points a curve has, or 0 for no curves."""
    if value == 0 and not isinstance(value, bool):
        return 0
    return count(value, 2, 10_000)


def tolerance(value: Any) -> float:
    """A relative tolerance."""
    rtol = number(value)
    if not TIGHTEST <= rtol <= LOOSEST:
        raise InputError(f"{rtol:g}; accepted: {TIGHTEST:g} to {LOOSEST:g}")
    return rtol


def mesh(value: Any) -> dict[str, int]:
    """Points of the mesh, by PyBaMM's names."""
    if not isinstance(value, Mapping) or not set(value) <= {*MESH}:
        raise InputError(f"{value!r}; accepted: a table with {', '.join(MESH)}")
    return {name: count(points, *MESH_POINTS) for name, points in value.items()}


def samples_of_bands(value: Any) -> int:
    """How many samples are behind bands, or 0 for no bands."""
    return count(value, 0, MAX_POINTS)

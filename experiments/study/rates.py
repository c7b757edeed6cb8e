"""Rate tests as a study file describes them: rates, and how many cycles at each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from aslb.errors import InputError
from aslb.experiments.study import points as study_points

C_RATE = "c_rate"
RATES = "rates"
PROTOCOLS = ("cccv", "rate_test")
MAX_CYCLES = 1000
ACCEPTED = "accepted: a list of [c_rate, cycles], as [[0.05, 3], [0.1, 5]]"

Rates = tuple[tuple[float, int], ...]


def rates_from(protocol: Mapping[str, Any], *, varies: bool) -> Rates:
    """The rates of a protocol and the number of cycles at each of them.

    Parameters
    ----------
    protocol : mapping
        The table ``protocol`` of a study file; its name is one of `PROTOCOLS`.
    varies : bool
        Whether the study varies the rate.

    Returns
    -------
    tuple of (float, int)
        Rate [h-1] and number of cycles at it; empty unless it is a rate test.

    Raises
    ------
    InputError
        If they make no sense, naming what is accepted.
    """
    if protocol.get("name") != "rate_test":
        if RATES in protocol:
            raise InputError(
                f"protocol.{RATES}: not accepted with protocol 'cccv'; accepted with "
                "'rate_test'"
            )
        return ()
    if varies or C_RATE in protocol:
        raise InputError(
            f"{C_RATE}: not accepted with protocol 'rate_test', which has its rates in "
            f"protocol.{RATES}"
        )
    if RATES not in protocol:
        raise InputError(f"protocol.{RATES} is missing; {ACCEPTED}")
    blocks = protocol[RATES]
    if not isinstance(blocks, list) or not blocks:
        raise InputError(f"protocol.{RATES}: {blocks!r}; {ACCEPTED}")
    rates = tuple(_block(block) for block in blocks)
    total = sum(count for _, count in rates)
    if total > MAX_CYCLES:
        raise InputError(
            f"protocol.{RATES}: {total} cycles; accepted: at most {MAX_CYCLES}"
        )
    return rates


def each_cycle(rates: Iterable[tuple[float, int]]) -> tuple[float, ...]:
    """The rate of each cycle, one after the other."""
    return tuple(c_rate for c_rate, count in rates for _ in range(count))


def _block(block: Any) -> tuple[float, int]:
    if not isinstance(block, list) or len(block) != 2:
        raise InputError(f"protocol.{RATES}: {block!r}; {ACCEPTED}")
    c_rate = study_points.number(f"protocol.{RATES}", block[0])
    if c_rate <= 0:
        raise InputError(
            f"protocol.{RATES}: {c_rate:g}; accepted: a positive rate, as 0.05"
        )
    return c_rate, study_points.count(f"protocol.{RATES}", block[1], 1, MAX_CYCLES)

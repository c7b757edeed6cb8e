"""Which engine solves the points of a study, fixed when its store is made."""

from __future__ import annotations

import warnings
from textwrap import shorten
from typing import Any

from aslb.errors import InputError
from aslb.experiments.engine.chosen import AS_IT_IS, Chosen, at_choice, has_varied_rate
from aslb.experiments.engine.steps import NotCompiled, compiled
from aslb.experiments.ensemble.compiler import (
    NoCompiler,
    check_cache,
    find_compiler,
    lane_width,
)
from aslb.experiments.study.definition import Study

LANES, IDAKLU = ENGINES = ("lanes", "IDAKLU")
"""Points side by side in compiled code, or each by itself with PyBaMM's solver."""

MANY = 50  # points, from which it is worth a word that there is no compiler
HOW_TO_GET_ONE = (
    "no C++ compiler, so that points are solved one by one, some 20 times slower; g++, "
    'clang++, $CXX or pip install "aslb[compiler]" give one'
)


def engine_for(study: Study, asked: str | None) -> dict[str, Any]:
    """The engine of a new study.

    Parameters
    ----------
    study : Study
        The study.
    asked : str or None
        One of `ENGINES`; None is lanes if there is a compiler.

    Returns
    -------
    dict
        Its name, and with lanes how many points are solved at once in a core.

    Raises
    ------
    InputError
        If what is asked for cannot be had.
    """
    if asked not in (None, *ENGINES):
        raise InputError(f"engine '{asked}'; accepted: {' or '.join(ENGINES)}")
    if asked == IDAKLU:
        return {"name": IDAKLU}
    try:
        width = lane_width()
        check_cache()
        why = "" if find_compiler() else HOW_TO_GET_ONE
        why = why or _not_compiled(study)
    except NoCompiler as error:
        raise InputError(str(error)) from None
    if not why:
        return {"name": LANES, "width": width}
    if asked == LANES:
        raise InputError(f"engine 'lanes': {why}")
    if why == HOW_TO_GET_ONE and len(study) >= MANY:
        warnings.warn(why, stacklevel=2)
    return {"name": IDAKLU}


def _not_compiled(study: Study) -> str:
    """What of the protocol only PyBaMM's own simulation can follow."""
    try:
        for cell, experiment in study.experiments.items():
            varied = Chosen(1.0) if has_varied_rate(experiment) else AS_IT_IS
            compiled(at_choice(experiment, varied))
            if (start := study.starts[cell]) is not None:
                compiled(start)
    except NotCompiled as reason:
        return shorten(str(reason), 200)  # a drive cycle is a table of many lines
    return ""

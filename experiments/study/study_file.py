"""Studies as files describe them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pybamm

from aslb.errors import InputError
from aslb.experiments.c_rate import BLOCKS
from aslb.experiments.protocols import C_RATE, formation, rate_test
from aslb.experiments.study.definition import Study
from aslb.experiments.study.names import STARTS
from aslb.experiments.study.settings import (
    NOTHING_VARIES,
    RATE_IN_RATE_TEST,
    ProtocolSection,
    StudyFile,
    checked,
)


def read_study(path: Path | str) -> Study:
    """The study that a TOML file describes.

    Parameters
    ----------
    path : pathlib.Path or str
        The file; a CSV of points that it names is looked for next to it.

    Returns
    -------
    Study
        The study, checked.

    Raises
    ------
    InputError
        If it makes no sense, naming the key and what is accepted.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except OSError as error:
        raise InputError(f"study {path}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"study {path}: not TOML: {_line(error)}") from None
    try:
        return study_from(content, folder=path.parent, text=text)
    except InputError as error:
        raise error.within(f"study {path}") from None


def study_from(
    content: Mapping[str, Any], *, folder: Path = Path(), text: str = ""
) -> Study:
    """The study that a mapping describes, as a study file does.

    Parameters
    ----------
    content : mapping
        Keys of a study file.
    folder : pathlib.Path, optional
        Where a CSV of points is looked for.
    text : str, optional
        The file that it was read from; by default the content as JSON.

    Returns
    -------
    Study
        The study, checked.

    Raises
    ------
    InputError
        If it makes no sense, naming the key and what is accepted.
    """
    file = checked(content)
    if file.method != "csv" and not file.vary:
        raise InputError(NOTHING_VARIES)
    if file.protocol.name == "rate_test" and file.protocol.rates is None:
        raise InputError(f"protocol.rates is missing; {BLOCKS}")
    formed = file.start == STARTS[0]
    settings = {**content, **content.get("outputs", {})}
    for key in ("cells", "protocol", "outputs", "start"):
        settings.pop(key, None)
    return Study(
        file.cells,
        partial(_experiment, file.protocol, C_RATE in file.vary),
        start=partial(_formation, file.protocol) if formed else file.start,
        folder=folder,
        text=text,
        described=_described(file),
        **settings,
    )


def _experiment(
    protocol: ProtocolSection,
    varies: bool,
    *,
    upper_cutoff: float,
    lower_cutoff: float,
) -> pybamm.Experiment:
    rates: Any = protocol.rates
    if protocol.name == "cccv":
        rates = ((protocol.c_rate, 1),)
    elif varies:
        raise InputError(f"{C_RATE}: {RATE_IN_RATE_TEST}")
    return rate_test(
        rates,
        **{
            "upper_cutoff": upper_cutoff,
            "lower_cutoff": lower_cutoff,
            **_own(protocol),
        },
        hold=protocol.hold_h,
    )


def _formation(protocol: ProtocolSection, **cutoffs: float) -> pybamm.Experiment:
    return formation(**{**cutoffs, **_own(protocol)})


def _own(protocol: ProtocolSection) -> dict[str, float]:
    """Cut-offs that a file says."""
    said = {
        "upper_cutoff": protocol.upper_cutoff_V,
        "lower_cutoff": protocol.lower_cutoff_V,
    }
    return {end: value for end, value in said.items() if value is not None}


def _described(file: StudyFile) -> dict[str, Any]:
    said = file.protocol.model_dump(exclude_none=True)
    # what differs in another protocol is told first, and its name only if nothing else
    name = said.pop("name")
    return {**said, "name": name, "start": file.start}


def _line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__

"""Any answer drawn, and written as its command writes it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aslb.errors import InputError
from aslb.experiments.output.attributes import arguments_of
from aslb.experiments.output.files import manifest, write_report
from aslb.experiments.output.report import Report

if TYPE_CHECKING:
    from matplotlib.figure import Figure

REPORTS = {
    "thickness": "aslb.experiments.analyses.thickness.report",
    "rate": "aslb.experiments.analyses.rate.report",
    "impedance": "aslb.experiments.analyses.impedance.report",
    "resistance": "aslb.experiments.analyses.impedance.resistance_report",
    "design": "aslb.experiments.analyses.design.report",
    "design map": "aslb.experiments.analyses.design.map_report",
    "energy": "aslb.experiments.analyses.energy.report",
    "sensitivity": "aslb.experiments.analyses.sensitivity.report",
    "study": "aslb.experiments.study.report",
    "calibration": "aslb.experiments.calibration.report",
    "validation": "aslb.experiments.validation.report",
}
"""Modules that report an answer, by the `analysis` that its attributes name."""


def report(answer: Any) -> Report:
    """What there is to say about an answer.

    Parameters
    ----------
    answer : xarray.Dataset, pandas.DataFrame, Calibration, Validation or Answer
        What an analysis, a study or a calibration returned.

    Returns
    -------
    Report
        Summary, tables and figures.

    Raises
    ------
    InputError
        If it is no answer of this package.
    """
    analysis = getattr(answer, "attrs", {}).get("analysis")
    if analysis not in REPORTS:
        raise InputError(
            f"{type(answer).__name__} without an analysis in its attributes; accepted: "
            f"what {', '.join(REPORTS)} return"
        )
    return import_module(REPORTS[analysis]).report(answer)


def plot(answer: Any, name: str | None = None) -> Figure:
    """Draw an answer.

    Parameters
    ----------
    answer : xarray.Dataset, pandas.DataFrame, Calibration, Validation or Answer
        As for `report`.
    name : str, optional
        Which of its figures, as the command names the file; by default the first,
        which answers the question.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.

    Raises
    ------
    InputError
        If it is no answer of this package, or there is no such figure.
    """
    figures = report(answer).figures
    if not figures:
        raise InputError(
            "nothing to draw: single cycles of several cells, or of a grid that is not "
            "of two parameters"
        )
    chosen = next(iter(figures)) if name is None else name
    if chosen not in figures:
        raise InputError(f"no figure '{chosen}'; accepted: {', '.join(figures)}")
    return figures[chosen]()


def save(answer: Any, directory: Path | str) -> list[Path]:
    """Write tables, figures and manifest of an answer.

    Parameters
    ----------
    answer : xarray.Dataset, pandas.DataFrame, Calibration, Validation or Answer
        As for `report`.
    directory : pathlib.Path or str
        Where to; made if it does not exist.

    Returns
    -------
    list of pathlib.Path
        The files written.

    Raises
    ------
    InputError
        If it is no answer of this package, or nothing can be written there.
    """
    reported = report(answer)
    arguments = arguments_of(answer.attrs)
    parameter_hash = arguments.pop("parameter_hash", {})
    arguments.pop("study", None)  # the whole text of its file
    made = manifest("aslb.save", arguments, parameter_hash)
    return write_report(reported, Path(directory), made)

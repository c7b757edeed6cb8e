"""What a search of designs tells: files, figures, and an answer to read."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from aslb.experiments.analyses.design import map_report
from aslb.experiments.analyses.design.answer import Answer
from aslb.experiments.analyses.design.figures import plot_designs, plot_improvements
from aslb.experiments.analyses.design.headline import headline
from aslb.experiments.output.report import Report


def report(answer: Answer) -> Report:
    """Sum a search up: the answer first, and what must improve if there is none.

    Parameters
    ----------
    answer : Answer
        From `design`, with bands or without.

    Returns
    -------
    Report
        Its first figure has what is asked and what there is.
    """
    tables = {
        "design": design_table(answer),
        "pareto": pareto_table(answer),
        "designs": answer.designs.assign(cell=answer.attrs["cell"]),
    }
    figures: dict[str, Any] = {"design": partial(plot_designs, answer)}
    if not answer.improvements.empty:
        tables["improvements"] = answer.improvements
        figures["improvements"] = partial(plot_improvements, answer)
    return Report(headline(answer), tables, figures)


def with_map_of(found: Report, study: xr.Dataset) -> Report:
    """A report of a search, and that of a design map after it."""
    more = map_report.report(study)
    return Report(
        f"{found.summary}\n\n{more.summary}",
        {**found.tables, **more.tables},
        {**found.figures, **more.figures},
    )


def design_table(answer: Answer) -> pd.DataFrame:
    """The best design, a row each of what varies and of what is measured.

    As in ``design.csv``: its `role` is "varied" or "measured"; `asked` is the least
    that is, and `lower` and `upper` are the ends of its band, if there are any.
    """
    question = answer.question
    asked = {one.measure.column: one.least for one in question.requirements}
    columns = [
        *((one.name.name, one.name.unit, "varied") for one in question.variables),
        *((one.column, one.unit or "1", "measured") for one in question.measures),
    ]
    rows = [
        {
            "cell": answer.attrs["cell"],
            "anode": answer.attrs["anode"],
            "boundary": answer.attrs["boundary"],
            "feasible": answer.feasible,
            "quantity": name,
            "unit": unit,
            "role": role,
            "value": answer.best[name],
            "asked": asked.get(name, np.nan),
            "reason": answer.best["reason"],
        }
        for name, unit, role in columns
    ]
    table = pd.DataFrame(rows)
    if answer.bands is not None:
        table = table.merge(answer.bands, on="quantity", how="left")
    return table


def pareto_table(answer: Answer) -> pd.DataFrame:
    """The front, best of the first measure last, as in ``pareto.csv``."""
    names = [one.name.name for one in answer.question.variables]
    front = answer.front.drop_duplicates(names).drop(columns="front")
    front = front.sort_values(answer.question.measures[0].column, ignore_index=True)
    front.insert(0, "cell", answer.attrs["cell"])
    if answer.front_bands is not None:
        ends = [n for n in answer.front_bands if str(n).endswith(("_lower", "_upper"))]
        front = front.merge(answer.front_bands[[*names, *ends]], on=names, how="left")
    return front

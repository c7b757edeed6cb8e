"""The answer of a search in a few sentences."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from aslb.experiments.analyses.design.answer import Answer
from aslb.experiments.analyses.design.requirement import SLOW, Requirement
from aslb.experiments.analyses.design.search import INSIDE
from aslb.experiments.analyses.design.variable import Variable, known_of, spoken
from aslb.experiments.output.figure_style import rate_label
from aslb.experiments.study.summary import of_bands
from aslb.parameters.units import split_unit, symbol

CLOSE = 2e-3  # of a range's end, at which a value is that end


def headline(answer: Answer) -> str:
    """Whether there is such a design, which, how far off if not, and what must improve.

    Parameters
    ----------
    answer : Answer
        From `design`, with bands or without.

    Returns
    -------
    str
        A paragraph each.
    """
    parts = [
        found(answer),
        *([] if answer.feasible else [must_improve(answer)]),
        sureness(answer),
        counted(answer),
    ]
    return "\n\n".join(filter(None, parts))


def found(answer: Answer) -> str:
    """The best design, or the one that comes closest."""
    question, best = answer.question, answer.best
    asked = " and ".join(map(least, question.requirements))
    cell = f"{answer.attrs['cell']}, anode {answer.attrs['anode']}"
    values = ", ".join(
        f"{one.words[0].lower()}{one.words[1:]} {one.shown(best[one.name.name])}"
        f"{_band(answer, one.name.name, one) if answer.feasible else ''}"
        f"{_at_the_end(one, best)}"
        for one in question.variables
    )
    measures = ", ".join(
        f"{one.words} {one.shown(best[one.column])}{_band(answer, one.column, one)}"
        for one in question.measures
    )
    if answer.feasible:
        goal = question.goal
        words = next(
            (v.words.lower() for v in question.variables if v.name.name == goal.name),
            goal.name.replace("_", " "),
        )
        text = (
            f"Feasible: {cell}, can have {asked}.\nWith the {goal.most} {words} it is: "
            f"{values}; {measures}."
        )
    else:
        ranges = ", ".join(
            f"{one.words.lower()} {one.low:.4g} to {one.shown(one.high)}"
            for one in question.variables
        )
        text = (
            f"Not feasible: no design of {cell}, has {asked} ({ranges}).\nClosest: "
            f"{values}; {measures}: {_short(best['margin'])}."
        )
    return "\n".join([text, *([f"Remark: {best['reason']}"] if best["reason"] else [])])


def least(one: Requirement) -> str:
    """What is asked, as a sentence has it."""
    return f"{one.measure.words} of {one.measure.shown(one.least)} or more"


def _short(margin: float) -> str:
    return f"{-100 * margin:.1f} % short"


def _at_the_end(one: Variable, best: pd.Series) -> str:
    ends = {"low": one.low, "high": one.high}
    at = [n for n, end in ends.items() if np.isclose(best[one.name.name], end, CLOSE)]
    return f" ({at[0]} end of its range)" if at else ""


def _band(answer: Answer, name: str, of: Any) -> str:
    """The band of a value, as "(90 %: 40 to 90 µm)"."""
    if answer.bands is None:
        return ""
    rows = answer.bands[answer.bands["quantity"] == name]
    if rows.empty or rows["lower"].isna().all():
        return ""
    row = rows.iloc[0]
    low, middle, high = (of.shown(row[end]) for end in ("lower", "median", "upper"))
    return f" (90 %: {low} to {high}, median {middle})"


def must_improve(answer: Answer) -> str:
    """Each quantity that may improve, and whether that is enough."""
    table = answer.improvements
    if table.empty:
        return ""
    enough = table["needed"].notna()
    lines = [
        "What must improve, one thing at a time within what is known of it, and the "
        "design anew:"
        if enough.any()
        else "No single improvement within what is known of it is enough:"
    ]
    helps = table["margin"] > answer.best["margin"] + INSIDE
    for row in table[helps].to_dict("records"):
        _, unit = split_unit(row["quantity"])
        unit = "" if not unit else f" {symbol(unit)}"
        known = (
            f"now {spoken(row['now'])}{unit}, {row['class']}; range "
            f"{spoken(row['low'])} to {spoken(row['high'])}{unit}"
        )
        if np.isfinite(row["needed"]):
            lines.append(
                f"  {row['words']}: {spoken(row['needed'])}{unit} is enough, a factor "
                f"of {row['factor']:.3g} ({known})"
            )
        else:
            lines.append(
                f"  {row['words']}: {spoken(row['end'])}{unit} is not enough, "
                f"{_short(row['margin'])} ({known})"
            )
    if not helps.all():
        lines.append(f"  No difference: {', '.join(table.loc[~helps, 'words'])}")
    return "\n".join(lines)


def sureness(answer: Answer) -> str:
    """What the bands rest on, and of how many samples the design meets all."""
    if "meets" not in answer.attrs:
        return ""
    lines = of_bands(answer.attrs)
    meets, possible = (
        f"{100 * answer.attrs.get(name, np.nan):.0f} %"
        for name in ("meets", "possible")
    )
    share = f"The design meets all of it in {meets} of the samples"
    goal = answer.question.goal_variable
    if goal is not None:
        share += (
            f", and with another {goal.words.lower()} in {possible}; a sample without "
            "any counts with the end of the range"
        )
    return "\n".join([*lines, f"{share}."])


def counted(answer: Answer) -> str:
    """What masses count, how designs are cycled, and what of the cell is fitted."""
    cell = answer.question.cell
    fitted = [
        split_unit(name)[0]
        for name, known in known_of(cell).items()
        if known.kind == "fitted" and isinstance(known.value, int | float)
    ]
    slow = rate_label(SLOW)
    text = (
        f"Counted: {answer.attrs['boundary']}. Each design is formed, charged at "
        f"{slow} and held, then discharged; capacity is kept from that at {slow}. "
        f"{answer.attrs['points']} discharges were solved ({answer.attrs['model']})."
    )
    return (
        f"{text}\nFitted to data of the cell: {', '.join(fitted)}." if fitted else text
    )

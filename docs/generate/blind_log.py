"""Write ``docs/blind-log.md``: python docs/generate/blind_log.py."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from aslb import __version__
from aslb.experiments.output.figure_style import cell_label, rate_label
from aslb.experiments.validation import blind_score as score
from aslb.experiments.validation import comparison as compared
from aslb.experiments.validation.cao2021.rows import NAMES
from aslb.parameters.cells.cao2021.printed import paper_numbers, rate

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "blind-log.md"
KEY = ["quantity", "cell", "c_rate"]
BAND = ["lower", "upper"]
FIRST = {
    compared.DISCHARGE: "discharge_capacity_mAh_g",
    compared.EFFICIENCY: "coulombic_efficiency_percent",
}

TEXT = """# Log of blind predictions

Made by `python docs/generate/blind_log.py` with aslb {aslb} from the files of
[predictions](../predictions/README.md), which are never edited, and the measured numbers in
`parameters/cells/cao2021/printed.yaml`. Oldest first; nothing is taken out.

An error is prediction less measurement. A measurement marked *known* was at hand when the
prediction was made, though nothing was fitted to it: only the others were blind. CRPS, the
continuous ranked probability score, is in the unit of the quantity, and 0 is the best; it
is that of the normal distribution whose 95 % interval is the band, about the band's middle
(Gneiting & Raftery 2007,
[doi:10.1198/016214506000001437](https://doi.org/10.1198/016214506000001437)). Cell-2 at C/5
was read at the start of long cycling, where cell-3 gave 160 and not the 165 mAh/g of its
rate test; the prediction is that of the rate test.

{sections}
"""

SECTION = """## {date}, aslb {version} at {commit}

Calibrated on: {calibrated_on}. Model: {model}. Bands: {bands}.

{table}

{scores}"""


def measured() -> dict[tuple[str, str, float], float]:
    """What the paper says, by quantity, cell and rate [mAh/g, %]."""
    paper = paper_numbers()
    first, slow = paper["first_cycle_at_C20"], rate("C/20")
    later = paper["read_after_the_first_blind_predictions"]
    found = {}
    for name, cell in NAMES.items():
        capacities = paper["rate_capability_mAh_g"].get(name, {}) | later.get(name, {})
        if "recovered" in capacities:
            found[compared.RECOVERED, cell, slow] = capacities.pop("recovered")
        for at, capacity in capacities.items():
            found[compared.CAPABILITY, cell, rate(at)] = capacity
        for quantity, key in FIRST.items():
            found[quantity, cell, slow] = first[key][name]
    return found


def page() -> str:
    """The page as text."""
    paths = sorted((ROOT / "predictions").glob("*.json"))  # by date
    return TEXT.format(aslb=__version__, sections="\n\n".join(map(_section, paths)))


def _section(path: Path) -> str:
    made = json.loads(path.read_text(encoding="utf-8"))
    table = pd.DataFrame(made.pop("predictions"))
    table[BAND] = table[BAND].astype(float)  # null where there is none
    table["measured"] = pd.MultiIndex.from_frame(table[KEY]).map(measured())
    return SECTION.format(**made, table=_table(table), scores=_scores(table))


def _table(table: pd.DataFrame) -> str:
    rows = [
        "quantity | cell | rate | predicted | 95 % band | measured | error | inside"
    ]
    table = table.assign(error=score.errors(table), inside=score.inside(table))
    for item in table.itertuples():
        cells = [item.quantity, cell_label(item.cell), rate_label(item.c_rate)]
        cells += [f"{item.prediction:.1f} {item.unit}"]
        cells += ["" if pd.isna(item.lower) else f"{item.lower:.1f} – {item.upper:.1f}"]
        if pd.isna(item.measured):
            cells += [""] * 3
        else:
            verdict = {True: "yes", False: "no"}.get(item.inside, "")
            cells += [f"{item.measured:g}{' (known)' if item.known else ''}"]
            cells += [f"{item.error:+.1f}", verdict]
        rows.append(" | ".join(cells))
    return _markdown(rows)


def _scores(table: pd.DataFrame) -> str:
    """Scores of what is measured, by unit: a mean over mAh/g and % means nothing."""
    table = table[table["measured"].notna()]
    if table.empty:
        return "None of it is measured yet."
    blind = table[~table["known"]]
    cells = [
        (f"blind, {cell_label(cell)}", part) for cell, part in blind.groupby("cell")
    ]
    rows = ["over | numbers | inside the band | RMS of errors | mean CRPS"]
    for name, part in [*cells, ("blind", blind), ("all", table)]:
        for unit, group in part.groupby("unit", sort=False):
            scored = [
                f"{name}, {unit}",
                f"{len(group)}",
                "",
                f"{score.rms(group):.1f}",
                "",
            ]
            if score.inside(group).notna().any():
                scored[2] = f"{100 * score.share_inside(group):.0f} %"
                scored[4] = f"{score.crps(group).mean():.1f}"
            rows.append(" | ".join(scored))
    return _markdown(rows)


def _markdown(rows: list[str]) -> str:
    rows.insert(1, " | ".join(["---"] * rows[0].count(" | ") + ["---"]))
    return "\n".join(f"| {row} |" for row in rows)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()

"""What the README says of the model's accuracy is what the pages have that are made."""

import re
from pathlib import Path

import pytest

from aslb.experiments.validation.cao2021.arithmetic import weighed_areal_mass
from aslb.experiments.validation.cao2021.readings import readings
from aslb.parameters.cells.cao2021.printed import paper_numbers

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def text_of(page):
    return " ".join(page.read_text(encoding="utf-8").split())


def rows_of(name, columns):
    """Cells of the rows of a page's tables that have so many columns."""
    lines = (DOCS / name).read_text(encoding="utf-8").splitlines()
    rows = [[x.strip() for x in line.split("|")[1:-1]] for line in lines]
    return [row for row in rows if len(row) == columns and set(row[0]) != {"-"}]


@pytest.fixture
def said():
    found = text_of(ROOT / "README.md").split("## How far to trust it")[1]
    return found.split(" ## ")[0]


@pytest.fixture
def table():
    head, *rows = rows_of("validation.md", 8)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_blind_numbers_and_those_inside_are_of_the_log(said):
    (row,) = [r for r in rows_of("blind-log.md", 5) if r[0] == "blind, mAh/g"]
    numbers, share = int(row[1]), float(row[2].removesuffix(" %")) / 100
    text = f"Of {numbers} blind numbers {numbers * share:.0f} was inside its 95 % band."
    assert text in said
    assert "| 95 % band |" in text_of(DOCS / "blind-log.md")


def test_no_cell_of_the_league_is_measured_yet(said):
    head, *rows = rows_of("league.md", 7)
    measured = {row[head.index("Measured")] for row in rows}
    assert ("every *Measured* of [the league](docs/league.md) is empty" in said) == (
        measured == {""}
    )


def test_capacities_that_differ_are_of_the_comparison(said):
    page = text_of(DOCS / "validation.md")
    found = re.search(r"(\d+ of \d+) printed capacities .*? of (\S+ mAh/g)", page)
    assert f"{found[1]} capacities differ" in said
    assert f"the model error of {found[2]}" in said


def test_energies_are_as_high_as_the_comparison_has_them(said, table):
    energies = [row for row in table if re.match(r"E\d ", row["quantity"])]
    excess = [100 * (float(r["model"]) / float(r["paper"]) - 1) for r in energies]
    text = f"those of E1 to E3 by {min(excess):.1f} to {max(excess):.1f} %"
    assert text in said
    assert text.split("by ")[1] in text_of(DOCS / "validation.md")
    slow = [
        100 * (float(row["model"]) / float(row["paper"]) - 1)
        for row in table
        if (row["cell"], row["rate"]) == ("thin halide", "C/20")
        and row["quantity"] in ("rate capability", "first discharge capacity")
    ]
    assert f"{min(slow):.1f} to {max(slow):.1f} % of it is capacity" in said


def test_energy_is_above_open_circuit_at_the_capacity_printed(said, table):
    (per_mass,) = [
        float(row["model"])
        for row in table
        if row["quantity"] == "E2 specific energy, as built"
    ]
    paper = paper_numbers()
    areal = 1e-3 * per_mass * weighed_areal_mass(paper)
    first = readings(paper)[0]
    assert f"the {areal:.2f} mWh/cm² at C/20" in said
    assert f"the {first.energies['open circuit']:.2f} that" in said


def test_no_row_with_a_number_of_the_paper_is_called_predicted(table):
    known = {row["role"] for row in table if row["paper"]}
    assert known == {"input", "calibrated", "after unblinding", "known"}

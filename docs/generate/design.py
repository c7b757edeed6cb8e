"""Write ``docs/design.md`` and its figures: python docs/generate/design.py."""

from __future__ import annotations

import textwrap
from pathlib import Path

import matplotlib.pyplot as plt
import pybamm

from aslb import __version__, design, design_map
from aslb.experiments.analyses.design.answer import Answer
from aslb.experiments.analyses.design.bands import with_bands
from aslb.experiments.analyses.design.figures import plot_designs, plot_improvements
from aslb.experiments.analyses.design.headline import headline
from aslb.experiments.analyses.design.map_figure import plot_map
from aslb.experiments.analyses.design.map_report import summary
from aslb.experiments.study.summary import of_fits

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ROOT / "docs" / "figures"
KEPT = ROOT / "results" / "design" / "points"  # the page again is then written at once
SAMPLES = 16
EASIER = ("specific_energy 300 Wh/kg at C/20", "retention 0.8 at C/2")

TEXT = """# Design: which cell meets what is asked

`aslb design` turns a study round: what is asked is given, and a cell is searched. How thick
may the membrane be at the most, with how much cathode? And if no design does it, how far off
is the closest one, and what would have to improve?

```sh
aslb design --anode Li --at-least "specific_energy 300 Wh/kg at C/20" \\
  --at-least "retention 0.8 at 1C" \\
  --vary separator.thickness --vary cathode.areal_capacity
```

| Option | What |
| --- | --- |
| `--at-least` | `specific_energy` (Wh/kg), `energy_density` (Wh/L), `discharge_capacity` (mAh/g) or `retention` of the capacity at C/20 (a share or %), a number and a rate |
| `--vary` | any name of `aslb sweep --names CELL`; two numbers after it are the ends of its range. Without a unit a length is in µm, a conductivity in mS/cm, a resistance in Ω cm² and a loading in mAh/cm² |
| `--maximise`, `--minimise` | one of what varies, or a quantity and a rate, as `"specific_energy at 1C"`; the thickest separator, if not given |
| `--improve` | what may improve if no design meets all, as `--vary`; if not given conductivities, resistances, kinetics and diffusion within the range that the cell's own table has for each (`aslb cells CELL`) |
| `--boundary`, `--anode` | what is counted, as in `aslb energy` |
| `--bands` | samples of the calibration behind 90 % bands |
| `--map-rate`, `--no-map` | panels of the design map |

The same from Python:

```python
from aslb import design, plot

answer = design(
    "Cao2021_thin_halide",
    ["specific_energy 150 Wh/kg", "retention 0.75 at C/2"],
    ["separator.thickness 10 500", "cathode.areal_capacity 1.5 5"],
    model="SolidStateSPM",
    generations=2,
)
print(answer.feasible, answer.best.to_dict())
plot(answer).savefig("design.png")
```

## 300 Wh/kg, and 80 % of the capacity at 1C

The cell of Cao et al. 2021 with its membrane and a foil of indium and lithium, 30 µm:

```text
{indium}
```

The same with 30 µm of lithium:

```text
{lithium}
```

![What must improve](figures/design-improvements.png)

The value of a parameter that was fitted is called fitted: that it "must improve" says what the
powder would have to be, if the model is right about what limits it.

## The same at C/2

```text
{easier}
```

![Specific energy against the capacity kept](figures/design-front.png)

A dot is a design that was solved. Bars need not hold their dot: what would be measured has in
it what capacities of the model are off by at the rates of the data, and other readings of
these ([calibration](calibration.md)).

## The design map

![Specific energy over membrane thickness, areal capacity and rate](figures/design-map.png)

Energy that a cell with the cathode and membrane of Cao et al. and lithium delivers at a rate, of
those that keep 80 % of their capacity at C/20. Circles are published cells, at the membrane
and loading that they were built with: other materials, so that only their place is theirs.

```text
{map}
```

`aslb.design_map` gives it in Python, for any cell that is made of sections, and `aslb design`
for the share that is asked for.

## How designs are searched

Each design is formed by three cycles at C/20, charged at C/20 with an hour's hold, and
discharged at every rate that is asked about: what `aslb energy` does. Masses are densities
times thicknesses of the layers within the boundary.

- *All over the ranges*: NSGA-II of [optuna](https://optuna.org) (`pip install
  "aslb[design]"`), with all that is asked and the goal as objectives. Its ask-and-tell
  interface hands out a generation of 64 designs at once, which the [engine](engine.md)
  solves side by side, and one search gives the whole front. PyBOP has one cost and its own
  simulations, and pints minimises one number.
- *From the best of these*: SLSQP of SciPy, for the goal with what is asked as constraints, or
  for the smallest margin where nothing meets all. Neighbours that give the slopes are solved
  in the same call. On a problem that is solved by hand NSGA-II alone ends up to a tenth of
  the thickness away, and this within half a percent (`tests/unit/…/design/test_search.py`).
- *The last step*, where the goal is one of what varies: that alone, by the search for the
  critical thickness of `aslb thickness`, to 0.1 %. What is told was solved and meets all.
- *What must improve*: each quantity by itself at the better end of its range, with the design
  searched anew; and where that is enough, the smallest change that is.
- *Bands*: the best design, and eight of the front, for samples of the calibration; of the
  goal, how far each sample may go with all else as told.

Slow thick designs that do not change the answer cost as much as good ones, and a maximum
that is far narrower than the distance of 64 first points may be missed: `--generations 16`
looks closer. Nothing ages, and a design in which a layer would be too thin to be made is for
you to leave out of a range.

## Files

| File | What |
| --- | --- |
| `design.csv` | the best design, or the closest: a row each of what varies and is measured, with unit, what is asked, and ends and median of its band |
| `pareto.csv` | the front of the first two of what is asked, with bands of some |
| `designs.csv` | all that were solved: values, measures, smallest margin (0 just meets all), status and remarks |
| `improvements.csv` | value now and its class, range, smallest margin at the better end, what is needed and the design that goes with it |
| `map.csv`, `published.csv` | the map: energy, share kept, remarks; places of published cells |
| `points/` | stores of what was solved: the same command goes on there, or is done at once; safe to delete |

Made by `python docs/generate/design.py` with aslb {aslb} on PyBaMM {pybamm}.
"""


def main() -> None:
    """Search, draw the figures and write the page."""
    indium = _answer("as-built")
    lithium = _answer("Li")
    easier = _answer("Li", at_least=EASIER)
    study = design_map(anode="Li", folder=KEPT)
    for name, figure in (
        ("front", plot_designs(easier)),
        ("improvements", plot_improvements(lithium)),
        ("map", plot_map(study)),
    ):
        figure.savefig(FIGURES / f"design-{name}.png")
        plt.close(figure)
    (ROOT / "docs" / "design.md").write_text(
        TEXT.format(
            indium=_wrapped(_said(indium)),
            lithium=_wrapped(_said(lithium)),
            easier=_wrapped(_said(easier)),
            map=_wrapped(summary(study)),
            aslb=__version__,
            pybamm=pybamm.__version__,
        )
    )


def _answer(anode: str, **asked: tuple[str, ...]) -> Answer:
    return with_bands(design(anode=anode, folder=KEPT, **asked), SAMPLES)


def _said(answer: Answer) -> str:
    """What the command says."""
    return "\n\n".join([headline(answer), *of_fits([answer.question.cell])])


def _wrapped(text: str) -> str:
    """A summary in lines that a page holds."""
    text = text.replace(" %", "\N{NO-BREAK SPACE}%")
    return "\n".join(
        "\n".join(textwrap.wrap(line, 92, subsequent_indent="    "))
        for line in text.split("\n")
    )


if __name__ == "__main__":
    main()

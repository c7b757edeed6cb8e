"""Write ``docs/verification.md``: python docs/generate/verification.py.

Each section can be made by itself, by its name: orders, closed-forms, energy,
independent-code, faults, mutation. The others are kept as they are. All take some three
hours on two cores, and mutation reads what ``nox -s mutation`` has left.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pybamm

from aslb import __version__

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "verification.md"
MUTANTS = ROOT / "results" / "mutation" / "session.sqlite"
VERDICTS = Path(__file__).with_name("mutation.toml")
sys.path.append(str(ROOT / "tests" / "support"))

HEAD = """# Verification

Are the equations of [the model](model.md) solved right? What follows is made by
`python docs/generate/verification.py`, and most of it is held by tests. Whether they are the
right equations for a cell is another question: see [validation](validation.md).

"""
ENERGIES = (
    ("Cao2021_thin_halide", 1.0),
    ("Cao2021_thin_halide", 0.2),
    ("Cao2021_thick_halide", 0.5),
    ("LCO_Li3YCl6_60C", 0.5),
)


def orders() -> str:
    """How errors fall with the width of cells."""
    from manufactured import CELLS, conduction, diffusion, order

    rows = []
    for name, problem in (
        ("depth: conduction, conductivity over three decades", conduction),
        ("radius: diffusion, D = exp(c)", diffusion),
    ):
        errors = [problem(cells) for cells in CELLS]
        told = {str(n): f"{e:.1e}" for n, e in zip(CELLS, errors, strict=True)}
        rows.append({"problem": name, **told, "order": f"{order(errors):.2f}"})
    return (
        "By manufactured solutions (Roache 2002, doi:10.1115/1.1436090): a solution is "
        "chosen and the source that makes it one is worked out. Largest error by the "
        "number of cells:\n\n"
        + _markdown(pd.DataFrame(rows))
        + "\n\nIn time, the methods of the lanes have the orders 3 and 4 that they are "
        "built for: `tests/validation/test_ensemble_closed_forms.py`, and [time against "
        "error](engine.md#accuracy). What a mesh leaves of a capacity is in [mesh and "
        "tolerances](mesh-convergence.md)."
    )


def closed_forms() -> str:
    """What is held in tests/validation."""
    lines = []
    for file in sorted((ROOT / "tests" / "validation").glob("test_*.py")):
        told = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
        first = told.splitlines()[0].rstrip(".")
        lines.append(f"- {first} (`{file.name}`).")
    return "Held in `tests/validation`:\n\n" + "\n".join(lines)


def energy() -> str:
    """Where the energy of a discharge goes."""
    from energy_balance import balance

    parts, residuals = [], []
    for cell, rate in ENERGIES:
        work, free_energy, heats, means = balance(cell, rate)
        residual = (free_energy - work - sum(heats.values())) / work
        residuals.append(abs(residual))
        names = ["all", *heats]
        heats = {"all": sum(heats.values()), **heats}
        means = {"all": sum(means.values()), **means}
        table = {
            f"{cell}, {rate:g}C": names,
            "dissipated [% of the work]": [
                f"{100 * heats[n] / work:.2f}" for n in names
            ],
            "current times loss [%]": [f"{100 * means[n] / work:.2f}" for n in names],
            "ratio": [f"{means[n] / heats[n]:.2f}" if heats[n] else "" for n in names],
        }
        parts.append(_markdown(pd.DataFrame(table)))
    return (
        "What a discharge gives and what it dissipates is what both electrodes lose of "
        "their free energy. Of ions and electrons through the cathode the heat is the "
        "integral of i²/σ, `Catholyte ohmic heating [W.m-2]` and `Electronic ohmic "
        "heating [W.m-2]`; of charge transfer that of current times overpotential; of "
        "diffusion in particles that of flux times gradient of potential. Beside it is "
        "the current times the loss of the same name, which is a plain mean over the "
        "cathode. The balance closes to "
        f"{100 * max(residuals):.3f} % of the work.\n\n" + "\n\n".join(parts)
    )


def independent_code() -> str:
    """How far an independent code is from the package."""
    from cross_code_runs import FINE, compare

    parts = []
    for name, points in (
        (f"{FINE['x_p']} × {FINE['r_p']} points", None),
        ("default", {}),
    ):
        rows = pd.DataFrame(compare(50, 0, points))
        off = rows["difference [% of nominal]"].abs()
        parts.append(
            {
                "package's mesh": name,
                "median [% of nominal]": f"{off.median():.4f}",
                "90 % below": f"{off.quantile(0.9):.4f}",
                "largest": f"{off.max():.4f} (cell {off.idxmax()})",
                "mean voltage, largest [mV]": (
                    f"{rows['mean voltage to 98 % [mV]'].max():.2f}"
                ),
            }
        )
    return (
        "Discharges of 50 random cells (all shipped ones, one and two sizes of particle, "
        "both foils; thicknesses, radii, conductivities, kinetics, temperature and rate "
        "over wide ranges) by the package and by a code of spectral elements that was "
        "written from [the model's page](model.md) alone, `tests/support/"
        "independent_cell.py`:\n\n"
        + _markdown(pd.DataFrame(parts))
        + "\n\nCell 32 gives 7 % of its capacity: in its larger particles, 42 µm and at "
        "6 °C, lithium stays near the surface, where the 14 points of the default mesh are "
        "few."
    )


def faults() -> str:
    """What a study loses when it is killed, short of disk, or damaged."""
    done = subprocess.run(
        [sys.executable, "benchmarks/faults.py", "--minutes", "60", "--seed", "3"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    table = "\n".join(x for x in done.stdout.splitlines() if x.startswith("|"))
    return (
        "What is lost of a study that is killed, short of disk, or damaged, in an hour of "
        "`python benchmarks/faults.py`:\n\n" + table + "\n\nA bit that is "
        "flipped in the log of a study that was killed looks like a commit that was cut "
        "off: those rows are solved again."
    )


def mutation() -> str:
    """How many mutants of the code no test catches, and which."""
    from cosmic_ray.work_db import WorkDB, use_db
    from cosmic_ray.work_item import TestOutcome, WorkerOutcome

    if not MUTANTS.is_file():
        sys.exit("no mutants were tried; accepted after: nox -s mutation")
    with use_db(str(MUTANTS), WorkDB.Mode.open) as session:
        tried = [
            (item.mutations[0], result)
            for item, result in session.completed_work_items
            if result.worker_outcome == WorkerOutcome.NORMAL
        ]
        drawn = len(tried) + len(session.pending_work_items)
    verdicts = tomllib.loads(VERDICTS.read_text("utf-8"))
    counts, survivors = [], []
    tried.sort(key=lambda pair: (pair[0].module_path, pair[0].start_pos))
    for spec, result in tried:
        file = spec.module_path.as_posix()
        survived = result.test_outcome == TestOutcome.SURVIVED
        counts.append(
            {
                "folder": file.rpartition("/")[0],
                "tried": 1,
                "caught": not survived and result.output != "timeout",
                "timed out": result.output == "timeout",
                "survived": survived,
            }
        )
        if survived:
            change = _change(result.diff)
            verdict = verdicts.get(file, {}).get(change, "**not looked at yet**")
            place = f"`{file}`", spec.start_pos[0]
            survivors.append((*place, f"`{change}`".replace("|", "\\|"), verdict))
    table = pd.DataFrame(counts).groupby("folder").sum().reset_index()
    total = table.sum(numeric_only=True)
    table.loc[len(table)] = ["all", *total]
    heads = ["file", "line", "mutation", "verdict"]
    return (
        "A test that cannot fail guards nothing. `nox -s mutation` changes one operator, "
        "number or condition of the code at a time ([Cosmic Ray]"
        "(https://cosmic-ray.readthedocs.io)), and runs the tests of that file, "
        "`tests/mutation/cosmic-ray.toml`: one of them should fail. Of all mutants of "
        f"`models` and of the two packages that solve, {drawn} were drawn, from each file "
        f"a share, and {len(tried)} of these tried:\n\n"
        + _markdown(table)
        + "\n\nThose that the tests of their file let pass:\n\n"
        + _markdown(pd.DataFrame(survivors, columns=heads))
    )


def _change(diff: str) -> str:
    """The lines of a mutant, as 'before → after'."""
    lines = [x for x in diff.splitlines() if x[:3] not in ("---", "+++")]
    sides = [[x[1:].strip() for x in lines if x[:1] == sign] for sign in "-+"]
    return " → ".join(" ".join(side) for side in sides)


SECTIONS: dict[str, tuple[str, Callable[[], str]]] = {
    "orders": ("Orders of convergence", orders),
    "closed-forms": ("Closed forms", closed_forms),
    "energy": ("Energy", energy),
    "independent-code": ("Against an independent code", independent_code),
    "faults": ("A store under attack", faults),
    "mutation": ("Mutation testing", mutation),
}


def sections_of_page() -> dict[str, str]:
    """The sections that the page has, by title."""
    text = PAGE.read_text("utf-8") if PAGE.is_file() else ""
    _, *parts = re.split(r"^## (.*)\n\n", text, flags=re.MULTILINE)
    ends = [f"{part.rstrip()}\n" for part in parts[1::2]]
    return dict(zip(parts[::2], ends, strict=True))


def main() -> None:
    """Make the sections that are asked for, and write the page."""
    found = sections_of_page()
    asked = sys.argv[1:] or list(SECTIONS)
    if unknown := set(asked) - set(SECTIONS):
        sys.exit(f"no section {', '.join(unknown)}; accepted: {', '.join(SECTIONS)}")
    made = f"Made with aslb {__version__} on PyBaMM {pybamm.__version__}."
    for name in asked:
        title, section = SECTIONS[name]
        found[title] = f"{section()}\n\n{made}\n"
        parts = [f"## {t}\n\n{found[t]}" for t, _ in SECTIONS.values() if t in found]
        PAGE.write_text(HEAD + "\n".join(parts), "utf-8")
        print(f"{name} is made", flush=True)


def _markdown(table: pd.DataFrame) -> str:
    lines = [list(table.columns), ["---"] * table.shape[1]]
    lines += np.asarray(table, dtype=object).tolist()
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


if __name__ == "__main__":
    main()

"""An example of a cell of another laboratory, after Asano et al. 2018."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from aslb.parameters.composition.cell_file import compose
from aslb.parameters.composition.composition import Composition
from aslb.parameters.composition.document import read

NAME = "Asano2018_chloride"
BIBTEX = (files(__package__) / "paper.bib").read_text().strip()


def composition() -> Composition:
    """The cell of ``cell.toml``."""
    tables = read(Path(str(files(__package__) / "cell.toml")))
    return compose(tables, NAME, citations=(BIBTEX,))


def chloride() -> dict[str, Any]:
    """Example, mostly typical values: LCO + Li3YCl6 after Asano et al. 2018."""
    return composition().parameter_set()

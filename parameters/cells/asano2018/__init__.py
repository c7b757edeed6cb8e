"""An example of a cell of another laboratory, after Asano et al. 2018."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from aslb.parameters.composition.cell_file import compose
from aslb.parameters.composition.composition import Composition
from aslb.parameters.composition.document import read

NAME = "Asano2018_chloride"
BIBTEX = """@article{Asano2018,
  author = {Asano, Tetsuya and others},
  title = {{Solid Halide Electrolytes with High Lithium-Ion Conductivity for Application
            in 4 V Class Bulk-Type All-Solid-State Batteries}},
  journal = {Advanced Materials},
  year = {2018},
  volume = {30},
  pages = {1803075},
  doi = {10.1002/adma.201803075}
}"""


def composition() -> Composition:
    """The cell of ``cell.toml``."""
    tables = read(Path(str(files(__package__) / "cell.toml")))
    return compose(tables, NAME, citations=(BIBTEX,))


def chloride() -> dict[str, Any]:
    """Example, mostly typical values: LCO + Li3YCl6 after Asano et al. 2018."""
    return composition().parameter_set()

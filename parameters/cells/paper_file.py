"""Cells of one paper from one file: what they share, and what each has of its own."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from aslb.parameters.composition.cell_file import compose
from aslb.parameters.composition.composition import Composition
from aslb.parameters.composition.document import read, replacing
from aslb.parameters.quantity import Quantities, values


@dataclass(frozen=True)
class PaperCell:
    """A cell of a paper.

    Parameters
    ----------
    composition : Composition
        Its sections.
    replaced : mapping of str to Quantity
        What replaces quantities that are composed, by PyBaMM name.
    """

    composition: Composition
    replaced: Quantities

    def parameter_set(self) -> dict[str, Any]:
        """All that `pybamm.ParameterValues` takes, citations included."""
        return {**self.composition.parameter_set(), **values(self.replaced)}


def cell_of_paper(package: str, name: str) -> PaperCell:
    """A cell of the file ``cell.toml`` of a package.

    The file has the sections of a cell, and may have `[parameters]`. The tables of
    ``[cells.NAME]`` are what one cell has of its own: their words come into the
    sections, over what is shared. Where there is a ``paper.bib`` it is cited.

    Parameters
    ----------
    package : str
        As Python imports it.
    name : str
        Name of the cell.
    """
    folder = files(package)
    shared = read(Path(str(folder / "cell.toml")))
    own = shared.pop("cells", {}).get(name, {})
    tables = {
        section: {**shared.get(section, {}), **own.get(section, {})}
        for section in {**shared, **own}
    }
    replaced = tables.pop("parameters", {})
    bibtex = folder / "paper.bib"
    cited = (bibtex.read_text("utf-8").strip(),) if bibtex.is_file() else ()
    composition = compose(tables, name, citations=cited)
    return PaperCell(composition, replacing(replaced, composition.quantities()))

"""Cells of other laboratories, each paper with a folder, and how they are tested.

Geometry, materials, window and protocol, each value with its source or called assumed,
and what is assumed with a range. What was measured on them is not here: they are
predicted first (``aslb validate --blind``).
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from aslb.parameters.composition.cell_file import compose
from aslb.parameters.composition.composition import Composition
from aslb.parameters.composition.document import read

CURRENTS = (0.1, 1.0, 10.0)  # mA/cm2, of cells that are told by current per area
KATO = {"thin": 14.5, "thick": 115.4}  # mg of LCO per cm2
SIZES = ("S", "M", "L", "XL")


class Asked(NamedTuple):
    """A published cell, and what is asked of it.

    Parameters
    ----------
    file : str
        Its file, in the folder of its paper.
    c_rates : tuple of float
        Rates [h-1].
    about : str
        What it is, in a line.
    """

    file: str
    c_rates: tuple[float, ...]
    about: str


HOLD = (0.05, 0.25, 0.5)
"""Times at the upper cut-off, each as likely, of all cells [h]. Assumed: charged with
constant current, some minutes at the limit being nothing, or with a short hold."""

FILMS = (0.1, 0.2, 0.5, 1.0)
PUBLISHED = {
    "Cao2026_thin_film": Asked(
        "cao2026/thin_film.toml", FILMS, "LCO + Li6PS5Cl, 18 µm film of 1.56 mS/cm"
    ),
    "Cao2026_ptfe_film": Asked(
        "cao2026/ptfe_film.toml", FILMS, "LCO + Li6PS5Cl, film of 0.42 mS/cm"
    ),
    "Zhou_LCO_Li2InScCl": Asked(
        "zhou2022/cell.toml", (0.5, 3.0), "LCO + Li2In1/3Sc1/3Cl4, sulfide pellet"
    ),
    "LCO_Li3YCl6_60C": Asked(
        "li3ycl6_60c/cell.toml", (0.1, 1.0), "LCO + Li3YCl6, Li foil, 60 °C"
    ),
    **{
        f"Schlautmann2023_{size}": Asked(
            f"schlautmann2023/{size}.toml",
            (0.05, 1.0),
            f"NMC83 + Li6PS5Cl of size {size}, sulfide pellet",
        )
        for size in SIZES
    },
    **{
        f"Kato2018_{name}": Asked(
            f"kato2018/{name}.toml",
            # over the areal capacity at 137 mA/g
            tuple(round(current / (0.137 * mass), 4) for current in CURRENTS),
            f"coated LCO + sulfide + carbon, {mass:g} mg LCO/cm²",
        )
        for name, mass in KATO.items()
    },
}
"""Published cells by name, and what is asked of each."""


def composition(name: str) -> Composition:
    """A published cell, of its file."""
    folder, _, file = PUBLISHED[name].file.partition("/")
    here = Path(str(files("aslb.parameters.cells"))) / folder
    bib = here / "paper.bib"
    cited = (bib.read_text(encoding="utf-8").strip(),) if bib.is_file() else ()
    return compose(read(here / file), name, cited)


def parameter_set(name: str) -> Callable[[], dict[str, Any]]:
    """What PyBaMM calls for the parameter set of a published cell."""

    def made() -> dict[str, Any]:
        return composition(name).parameter_set()

    made.__doc__ = f"{PUBLISHED[name].about}; not yet compared with measurements."
    return made


cao2026_thin_film = parameter_set("Cao2026_thin_film")
cao2026_ptfe_film = parameter_set("Cao2026_ptfe_film")
zhou_lco_li2insccl = parameter_set("Zhou_LCO_Li2InScCl")
lco_li3ycl6_60c = parameter_set("LCO_Li3YCl6_60C")
schlautmann2023_s = parameter_set("Schlautmann2023_S")
schlautmann2023_m = parameter_set("Schlautmann2023_M")
schlautmann2023_l = parameter_set("Schlautmann2023_L")
schlautmann2023_xl = parameter_set("Schlautmann2023_XL")
kato2018_thin = parameter_set("Kato2018_thin")
kato2018_thick = parameter_set("Kato2018_thick")

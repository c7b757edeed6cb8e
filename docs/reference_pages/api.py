"""The API: the public names of aslb by what they are for, and the main modules."""

from __future__ import annotations

from collections.abc import Iterable

import aslb

GROUPS = {
    "Cells": "aslb.parameters",
    "Protocols": "aslb.experiments.protocols",
    "Studies": "aslb.experiments.study",
    "Analyses": "aslb.experiments.analyses",
    "Calibration and bands": "aslb.experiments.calibration",
    "Against a paper": "aslb.experiments.validation",
    "Draw and save": "aslb.present",
    "Errors": "aslb.errors",
}
"""Headings of the public names, and the package in which those below each are."""

MODULES = {
    "Models": (
        "aslb.models.solid_state_dfn",
        "aslb.models.solid_state_spm",
        "aslb.models.symmetric_cell",
        "aslb.models.solid_state_options",
        "aslb.models.registry",
        "aslb.models.submodels.voltage_losses",
    ),
    "What cells are made of": (
        "aslb.parameters.quantity",
        "aslb.parameters.composition.sections",
        "aslb.parameters.composition.composition",
        "aslb.parameters.composition.drawn",
        "aslb.parameters.composition.measured",
        "aslb.parameters.composition.fit",
        "aslb.parameters.composition.masses.Casing",
        "aslb.parameters.materials.solid_electrolytes",
        "aslb.parameters.materials.lithium_cobalt_oxide",
        "aslb.parameters.materials.lithium_cobalt_oxide_diffusion",
        "aslb.parameters.materials.nickel_manganese_cobalt_oxides",
        "aslb.parameters.materials.indium_lithium",
        "aslb.parameters.materials.lithium_metal",
        "aslb.parameters.materials.membrane_law",
        "aslb.parameters.cells.published",
        "aslb.parameters.cells.cao2021.readings",
        "aslb.parameters.cells.cao2021.blocking",
    ),
    "What is done to them": (
        "aslb.experiments.protocols",
        "aslb.experiments.regulated_charge",
        "aslb.experiments.plating",
        "aslb.experiments.calibration.fit",
        "aslb.experiments.calibration.spectrum_data",
        "aslb.experiments.engine.outputs",
        "aslb.experiments.output.report",
    ),
    "What is returned and raised": (
        "aslb.experiments.analyses.design.answer.Answer",
        "aslb.experiments.validation.comparison.Validation",
        "aslb.experiments.study.run.SweepInterrupted",
    ),
}
"""Modules and classes beside the public names, each on a page, by heading."""

SUMMARY = """```{{eval-rst}}
.. autosummary::
   :toctree: api

{names}
```"""


def pages() -> dict[str, str]:
    """The page, of which autosummary makes those of each name."""
    public = {heading: _names(package) for heading, package in GROUPS.items()}
    left = set(aslb.NAMES) - {name for names in public.values() for name in names}
    if left:
        raise ValueError(f"public names without a heading: {', '.join(sorted(left))}")
    sections = [
        f"## {heading}\n\n{_summary(f'aslb.{name}' for name in names)}"
        for heading, names in public.items()
    ]
    sections += [
        f"## {heading}\n\n{_summary(names)}" for heading, names in MODULES.items()
    ]
    return {"api.md": "\n\n".join(["# Python", aslb.__doc__, *sections])}


def _names(package: str) -> list[str]:
    return [name for name, module in aslb.NAMES.items() if module.startswith(package)]


def _summary(names: Iterable[str]) -> str:
    return SUMMARY.format(names="\n".join(f"   {name}" for name in names))

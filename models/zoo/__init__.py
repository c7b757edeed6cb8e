"""The models as entries of PyBaMM's model zoo, which reads a folder a model."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def citation(slug: str) -> str:
    """BibTeX of whom to cite for a model, by the name of its folder."""
    return Path(__file__).with_name(slug).joinpath("CITATION.bib").read_text("utf-8")

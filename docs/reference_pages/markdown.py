"""Text and tables as MyST reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|$~^])")
DOI = re.compile(r"doi:(10\.[^\s,;:)]+[^\s,;:).])")


def escaped(text: str) -> str:
    """Text that is shown as it is written, but for DOIs, which are links."""
    parts = DOI.split(text)  # what is between, and what was found, in turn
    return "".join(
        _linked(part) if number % 2 else _plain(part)
        for number, part in enumerate(parts)
    )


def _plain(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text)


def _linked(doi: str) -> str:
    return f"[doi:{_plain(doi)}](<https://doi.org/{doi}>)"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells are Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def toctree(*names: str) -> str:
    """Pages that follow, without a list of them."""
    return "\n".join(["```{toctree}", ":hidden:", "", *names, "```"])

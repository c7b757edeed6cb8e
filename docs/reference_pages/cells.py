"""The cells that ship: every value with its class, range and source."""

from __future__ import annotations

from typing import Any

import pybamm

from aslb import Cell
from aslb.parameters.cells.shipped import SHIPPED
from reference_pages.markdown import escaped, table, toctree

INDEX = """# Cells

What ships with the package, as `aslb cells` lists it. A page for each has every value
with its unit, its range and where it is from; values are *measured*, *literature*,
*fitted*, *derived* from others, *assumed*, or a *setting* of the experiment.

{table}

{toctree}
"""

PAGE = """# {name}

{about}

```python
from aslb import Cell

cell = Cell("{name}")
```

:::{{div}} values
{table}
:::
"""


def pages() -> dict[str, str]:
    """A list of them, and a page for each."""
    found = {f"cells/{name}.md": _page(name) for name in SHIPPED}
    rows = [
        (f"[{escaped(name)}](cells/{name}.md)", escaped(_about(name)))
        for name in SHIPPED
    ]
    listed = table(("Cell", "What"), rows)
    links = toctree(*(f"cells/{name}" for name in SHIPPED))
    return {"cells.md": INDEX.format(table=listed, toctree=links), **found}


def _about(name: str) -> str:
    return pybamm.parameter_sets.get_docstring(name).splitlines()[0]


def _page(name: str) -> str:
    rows = [_row(row) for row in Cell(name).provenance().to_dict("records")]
    head = ("Parameter", "Value", "Range", "Class", "Source")
    return PAGE.format(name=name, about=escaped(_about(name)), table=table(head, rows))


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    value = row["value"]
    if isinstance(value, str):
        value = value.rpartition(".")[2]
    else:
        value = f"{value:.6g}"
    fitted = f" (fitted to {row['fitted_to']})" if row["fitted_to"] else ""
    written = (
        row["name"],
        value,
        f"{row['lower']:.4g} – {row['upper']:.4g}",
        row["class"],
        row["source"] + fitted,
    )
    return tuple(map(escaped, written))

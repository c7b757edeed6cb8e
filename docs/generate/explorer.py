"""The static explorer of the site: a stored study, and a page that needs no server.

``python docs/generate/explorer.py`` solves the study and writes
``docs/explorer/study.npz``; ``write_page(folder)``, or ``python
docs/generate/explorer.py FOLDER``, writes ``FOLDER/explore-stored.html`` from it.
"""

from __future__ import annotations

import base64
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.colors import to_hex

from aslb import Cell, Study, __version__, cccv
from aslb.experiments.engine.outputs import BOUNDARY, loss_column
from aslb.experiments.output.figure_style import MUTED, rate_colours, rate_label
from aslb.explore.answer import CYCLES
from aslb.explore.charts import measured_blocks
from aslb.explore.sentence import WHERE
from aslb.explore.sliders import SLIDERS, scales_of
from aslb.models.registry import DFN
from aslb.models.submodels.voltage_losses import LOSSES

ROOT = Path(__file__).resolve().parents[2]
STORED = ROOT / "docs" / "explorer" / "study.npz"
TEMPLATE = Path(__file__).with_name("explorer.html")
COMMAND = "python docs/generate/explorer.py"
PAGE = "explore-stored.html"  # docs/explorer.md is explorer.html

CELL = "Cao2021_thin_halide"
DEPTH = 0.5  # of the discharge, at which losses are kept
# what moves, by key of SLIDERS, in its unit
GRID = {
    "thickness_um": [15, 20, 30, 47, 70, 100, 150, 300, 500, 1000],
    "areal_mAh_cm2": [1, 2, 3.2, 4.5, 6, 8],
    "catholyte_mS_cm": [0.1, 0.2, 0.4, 0.8, 1.6, 3.2],
    "separator_mS_cm": [0.3, 0.8, 1.65, 5],
}
C_RATES = [1 / 20, 1 / 10, 1 / 5, 1 / 2, 1.0, 2.0, 5.0]
AS_BUILT = [3, 2, 2, 2]  # stops of the grid nearest to the cell
# in 16 bits: the step of each number that is kept
RESOLUTION = {
    "discharge_capacity": 0.01,
    "specific_energy": 0.02,
    "energy_density": 0.05,
}
LOSS_RESOLUTION = 1e-4  # V
UNKNOWN = np.iinfo(np.uint16).max


def study() -> Study:
    """Every combination of the grid, formed, and cycled three times at each rate."""
    axes = {SLIDERS[key].name: values for key, values in GRID.items()}
    return Study(
        CELL,
        cccv(cycles=CYCLES),
        {**axes, "c_rate": C_RATES},
        model=DFN,
        quantities=[*RESOLUTION],
        boundaries=[BOUNDARY],
        losses_at_depth=[DEPTH],
    )


def packed(data: xr.Dataset) -> dict[str, np.ndarray]:
    """The third cycle of every point as 16-bit numbers; `UNKNOWN` where it failed."""
    last = data.isel(cycle=-1)
    kept = {name: (last[name], step) for name, step in RESOLUTION.items()}
    for name in LOSSES:
        kept[name] = (last[loss_column(name, DEPTH)], LOSS_RESOLUTION)
    found = {}
    for name, (values, step) in kept.items():
        numbers = np.rint(np.maximum(values.values, 0) / step)
        known = np.isfinite(numbers)
        found[name] = np.where(known, numbers, UNKNOWN).astype(np.uint16)
    return found


def solve(folder: Path) -> None:
    """Solve the study in a folder, and store what the page shows."""
    began, used = time.time(), time.process_time()
    asked = study()
    data = asked.run(folder)
    told = {
        "cell": CELL,
        "points": int(data.status.size),
        "failed": int((data.status == "failed").sum()),
        "model": data.attrs["model"],
        "versions": data.attrs["versions"],
        "command": COMMAND,
        "seconds": round(time.time() - began),
        "processor_seconds": round(time.process_time() - used),
    }
    STORED.parent.mkdir(exist_ok=True)
    np.savez_compressed(STORED, told=json.dumps(told), **packed(data))
    print(told, STORED.stat().st_size)


def content() -> dict[str, Any]:
    """What the page is told, ready for JSON."""
    stored = np.load(STORED)
    numbers = {
        name: {
            "step": RESOLUTION.get(name, LOSS_RESOLUTION),
            "data": base64.b64encode(stored[name].tobytes()).decode(),
        }
        for name in (*RESOLUTION, *LOSSES)
    }
    cell = Cell(CELL)
    scales = scales_of(cell)
    axes = [
        {
            "key": key,
            "label": SLIDERS[key].label,
            "unit": SLIDERS[key].unit,
            "values": values,
            "start": start,
            "known": scales[key].known,
            "kind": scales[key].kind,
            "source": scales[key].source,
        }
        for (key, values), start in zip(GRID.items(), AS_BUILT, strict=True)
    ]
    return {
        "told": json.loads(str(stored["told"])),
        "aslb": f"aslb {__version__}",
        "axes": axes,
        "rates": C_RATES,
        "rateLabels": [*map(rate_label, C_RATES)],
        "rateColours": [to_hex(one) for one in rate_colours(len(C_RATES))],
        "losses": [*LOSSES],
        "where": WHERE,
        "lossColours": [*MUTED],
        "measured": [[rate, *of] for rate, of in measured_blocks(cell).items()],
        "boundary": BOUNDARY,
        "depth": DEPTH,
        "unknown": int(UNKNOWN),
        "numbers": numbers,
    }


def write_page(folder: Path | str) -> Path:
    """Write the page, plotly.js in it, into a folder; gives the file."""
    from plotly.offline import get_plotlyjs

    page = TEMPLATE.read_text(encoding="utf-8")
    page = page.replace("/*CONTENT*/", f"const CONTENT = {json.dumps(content())};")
    page = page.replace("/*PLOTLY*/", get_plotlyjs())
    target = Path(folder) / PAGE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page, encoding="utf-8")
    return target


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(write_page(sys.argv[1]))
    else:
        solve(ROOT / "results" / "explorer")

"""What spectra tell: arcs by name, files for other programs, figures."""

from __future__ import annotations

import datetime as dt
from functools import partial
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from aslb.experiments.analyses.impedance.arcs import arcs_of
from aslb.experiments.analyses.impedance.figures import bode, nyquist, table_of
from aslb.experiments.analyses.impedance.formats import plain_csv, zplot
from aslb.experiments.output.report import Report

CELSIUS = 273.15


def report(data: xr.Dataset) -> Report:
    """Sum spectra up: what each arc is, and where."""
    blocks, arcs, texts = [], [], {}
    for cell, soc, kelvin in product(data.cell, data.soc, data.temperature):
        one = data.sel(cell=cell, soc=soc, temperature=kelvin)
        named = arcs_of(one)
        head = _head(data, one)
        blocks.append(f"{head}\n{_table(named)}")
        arcs.append(named.assign(**_place(one)))
        texts.update(_files(data, one, head))
    summary = "\n\n".join(
        ["Arcs of the impedance, from high to low frequencies", *blocks]
    )
    columns = ["cell", "soc", "temperature_K"]
    table = pd.concat(arcs, ignore_index=True)
    table = table[[*columns, *(c for c in table if c not in columns)]]
    return Report(
        summary,
        {"impedance": table_of(data), "arcs": table},
        {"nyquist": partial(nyquist, data), "bode": partial(bode, data)},
        texts,
    )


def _place(one: xr.Dataset) -> dict[str, Any]:
    return {
        "cell": str(one.cell.item()),
        "soc": float(one.soc),
        "temperature_K": float(one.temperature),
    }


def _head(data: xr.Dataset, one: xr.Dataset) -> str:
    said = [str(one.cell.item())]
    if np.isfinite(float(one.soc)):
        said.append(f"{100 * float(one.soc):g} % state of charge")
    said.append(f"{float(one.temperature) - CELSIUS:.4g} °C")
    return ", ".join(said)


def _table(arcs: pd.DataFrame) -> str:
    shown = arcs.rename(
        columns={
            "element": "arc of",
            "frequency_Hz": "top at Hz",
            "resistance_ohm_cm2": "Ω cm²",
        }
    )[["arc of", "top at Hz", "Ω cm²"]]
    return shown.to_string(index=False, float_format="{:.3g}".format)


def _files(data: xr.Dataset, one: xr.Dataset, head: str) -> dict[str, str]:
    """The spectrum in ohms, as other programs read it."""
    name = str(one.cell.item()).replace("/", "_").replace("\\", "_")
    if data.soc.size > 1:
        name += f"_soc{100 * float(one.soc):g}"
    if data.temperature.size > 1:
        name += f"_{float(one.temperature) - CELSIUS:.4g}C"
    frequencies = one.frequency.values
    ohms = one.impedance.values / float(one.area)
    today = dt.datetime.now(dt.UTC).date().isoformat()
    return {
        f"{name}.csv": plain_csv(frequencies, ohms),
        f"{name}.z": zplot(frequencies, ohms, head, today),
    }

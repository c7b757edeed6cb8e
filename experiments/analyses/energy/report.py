"""What the energy study tells: files, and a summary to read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr

from aslb.experiments.analyses.energy.figures import (
    plot_breakdown,
    plot_energy,
    plot_ragone,
)
from aslb.experiments.analyses.energy.study import as_built
from aslb.experiments.analyses.energy.tables import (
    breakdown_table,
    energy_table,
    study_table,
)
from aslb.experiments.output.figure_style import rate_label
from aslb.experiments.output.files import write_report


def report_energy(
    study: xr.Dataset,
    directory: Path,
    manifest: Mapping[str, Any],
    boundary: str,
    against_paper: pd.DataFrame | None = None,
) -> str:
    """Write tables and figures of an energy study, and sum it up.

    Parameters
    ----------
    study : xarray.Dataset
        From `aslb.experiments.energy_density`.
    directory : pathlib.Path
        Where to write.
    manifest : mapping
        How it was made.
    boundary : str
        What the energies by thickness and rate count.
    against_paper : pandas.DataFrame, optional
        From `aslb.experiments.energy_against_paper`.

    Returns
    -------
    str
        Energy by boundary, mass by component, energy by thickness and rate and, if
        given, the comparison with the paper.
    """
    tables = {
        "energy": energy_table(study),
        "energy_breakdown": breakdown_table(study),
        "energy_study": study_table(study),
    }
    texts = [_boundary_text(study), _breakdown_text(study), _rate_text(study, boundary)]
    if against_paper is not None:
        tables["energy_paper"] = against_paper
        texts.append(paper_text(against_paper))
    figures = {
        "energy": plot_energy(study),
        "energy_ragone": plot_ragone(study, boundary),
        "energy_breakdown": plot_breakdown(study),
    }
    write_report(directory, tables, figures, manifest)
    return "\n\n".join(texts)


def _boundary_text(study: xr.Dataset) -> str:
    at = as_built(study).isel(c_rate=0)
    table = pd.DataFrame(
        {
            "Wh/kg": at.specific_energy.to_series(),
            "Wh/L": at.energy_density.to_series(),
        }
    ).rename_axis(None)
    return (
        f"Energy of {study.attrs['cell']}, anode {study.attrs['anode']}, separator "
        f"{float(at.thickness) * 1e6:.4g} µm, {float(at.discharge_energy):.2f} mWh/cm2 "
        f"at {rate_label(float(at.c_rate))}\n\n"
        + table.to_string(float_format="%.1f", na_rep="failed")
        + f"\n\nCurrent collectors: one foil of each, whole. Casing: "
        f"{study.attrs['casing_mass']:.0%} of the mass and "
        f"{study.attrs['casing_volume']:.0%} of the volume inside it."
    )


def _breakdown_text(study: xr.Dataset) -> str:
    at = as_built(study)
    table = pd.DataFrame(
        {
            "mg/cm2": at.areal_mass.to_series(),
            "mass %": 100 * (at.areal_mass / at.areal_mass.sum()).to_series(),
            "µm": 1e6 * at.layer_thickness.to_series(),
            "volume %": 100
            * (at.layer_thickness / at.layer_thickness.sum()).to_series(),
        }
    ).rename_axis(None)
    return "Mass and volume by component\n\n" + table.to_string(float_format="%.1f")


def _rate_text(study: xr.Dataset, boundary: str) -> str:
    at = study.sel(boundary=boundary)
    texts = []
    for name, unit in (("specific_energy", "Wh/kg"), ("energy_density", "Wh/L")):
        table = pd.DataFrame(
            at[name].values,
            index=[f"{value * 1e6:.4g}" for value in at.thickness.values],
            columns=[rate_label(value) for value in at.c_rate.values],
        ).rename_axis(index="thickness / µm")
        texts.append(
            f"{study[name].attrs['long_name']} of {boundary} / {unit}\n\n"
            + table.to_string(float_format="%.1f", na_rep="failed")
        )
    return "\n\n".join(texts)


def paper_text(against_paper: pd.DataFrame) -> str:
    """The comparison with the paper, a line for each reading and number.

    Parameters
    ----------
    against_paper : pandas.DataFrame
        From `aslb.experiments.energy_against_paper`.

    Returns
    -------
    str
        Table with legend.
    """
    lines = [
        "The paper's energy densities: value, and difference from the paper in %, by "
        "where the energy is from",
        "",
        f"{'':<18}{'reading':<22}{'unit':<7}{'paper':>8}{'model':>16}"
        f"{'paper energy':>16}{'open circuit':>16}",
    ]
    keys = ["figure", "reading", "unit"]
    for (figure, reading, unit), rows in against_paper.groupby(keys, sort=False):
        by_source = rows.set_index("energy_from")
        digits = 2 if unit == "g/cm3" else 0
        paper = f"{by_source['paper'].iloc[0]:.{digits}f}"
        line = f"{figure:<18}{reading:<22}{unit:<7}{paper:>8}"
        columns = ("none",) if unit == "g/cm3" else ("model", "paper", "open circuit")
        for source in columns:
            if source in by_source.index:
                row = by_source.loc[source]
                value = f"{row['model']:.{digits}f}"
                line += f"{value:>8} {row['difference_percent']:+6.1f}%"
        lines.append(line.rstrip())
    lines += ["", "Energies per area / mWh/cm2"]
    energies = against_paper[against_paper.unit == "Wh/kg"].drop_duplicates(
        ["figure", "energy_from", "discharge_energy_mWh_cm2"]
    )
    for figure in energies.figure.unique():
        first = energies[energies.figure == figure].drop_duplicates("energy_from")
        energy = dict(
            zip(first.energy_from, first.discharge_energy_mWh_cm2, strict=True)
        )
        text = ", ".join(f"{source} {value:.2f}" for source, value in energy.items())
        excess = energy["model"] / energy["paper"] - 1
        lines.append(f"  {figure:<16}{text}; model over paper {excess:+.1%}")
    lines += ["", "Readings"]
    for name, rows in against_paper.groupby("reading", sort=False):
        lines.append(f"  {name}: {rows.reason.iloc[0]}")
    lines += [
        "Energies",
        "  model: the model's own C/20 discharge",
        "  paper: E2's Wh/kg times what its layers weigh, so that E2's own Wh/kg is no",
        "    test; with Li 0.62 V more for the same charge; figure 1F: solved from it",
        "  open circuit: the printed capacity at LCO's open-circuit potential, all LCO",
        "    reached and nothing lost: an upper bound without any energy of the paper",
        "  Wh/L over Wh/kg, in g/cm3, needs no energy",
    ]
    return "\n".join(lines)

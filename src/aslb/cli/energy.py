"""`aslb energy`: Wh/kg and Wh/L, with what is counted said."""

from __future__ import annotations

from aslb.cli.finish import finish
from aslb.cli.options import ANODE, BANDS, CELL, LAYER, STUDY, command, option, rates


@command(
    "energy",
    CELL,
    option(
        "thickness-um",
        "Separator thickness, in µm, besides that of the cell as built; give it "
        "several times for several.",
        (20.0, 30.0, 100.0, 300.0, 1000.0),
        "thicknesses_um",
        type=LAYER,
        multiple=True,
    ),
    rates(
        "Rate of discharge, after a charge at C/20; give it several times.",
        ("C/20", "C/5", "C/2", "1C", "2C"),
    ),
    *ANODE,
    option(
        "boundary",
        "What is counted by thickness and rate: cathode, or with +membrane, +anode, "
        "+current collectors, +casing after it.",
        "cathode+membrane+anode",
    ),
    option(
        "casing",
        "Mass and volume of the casing over those of what it holds; assumed.",
        (0.05, 0.10),
        type=float,
        nargs=2,
        metavar="MASS VOLUME",
    ),
    BANDS,
    *STUDY,
)
def energy_command(
    ctx, cell, thicknesses_um, anode_thickness_um, boundary, bands, out, **options
):
    """Wh/kg and Wh/L, with what is counted said.

    The energy is that of a simulated discharge; masses are densities times thicknesses
    of the layers. Tables, CSV files and figures tell the energy within each boundary,
    the mass and volume of each component, and the energy against separator thickness
    and against power. For Cao2021_thin_halide the energy densities that the paper
    prints stand beside the model's, with each reading of what they count.

    Example: aslb energy --anode Li --anode-thickness-um 20 --thickness-um 30
    """
    import numpy as np

    from aslb.experiments.analyses.energy.bands import with_bands
    from aslb.experiments.analyses.energy.report import report
    from aslb.experiments.analyses.energy.study import energy_density
    from aslb.experiments.calibration.bands import fit_of
    from aslb.experiments.validation.cao2021.energies import with_paper
    from aslb.parameters.composition.cell import Cell
    from aslb.parameters.composition.masses import check_boundary

    check_boundary(boundary)
    if bands:
        fit_of(Cell.of(cell))  # what has none is refused before anything is solved
    study = energy_density(
        cell,
        1e-6 * np.array(thicknesses_um),
        anode_thickness=anode_thickness_um and 1e-6 * anode_thickness_um,
        **options,
    )
    if bands:
        study = with_bands(study, cell, bands)
    found = report(study, boundary)
    if cell == "Cao2021_thin_halide":
        protocol = ("model", "upper_cutoff", "lower_cutoff", "hold")
        found = with_paper(found, **{name: options[name] for name in protocol})
    finish(ctx, found, out, [cell], study)

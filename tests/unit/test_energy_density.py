"""Masses, boundaries and energies: closed forms, and what must hold for any cell."""

import numpy as np
import pybamm
import pytest
from hypothesis import given
from hypothesis import strategies as st
from in_process import InProcess

from aslb.experiments import InputError, energy_density
from aslb.experiments.analyses.energy.report import (
    breakdown_table,
    energy_table,
    plot_breakdown,
    plot_energy,
    plot_ragone,
    study_table,
)
from aslb.experiments.analyses.energy.study import KEPT
from aslb.experiments.protocols import charge, discharge
from aslb.experiments.validation.cao2021.energies import (
    energy_against_paper,
    paper_text,
    readings,
)
from aslb.parameters.cells.cao2021.printed import paper_numbers
from aslb.parameters.composition.anode import with_anode
from aslb.parameters.composition.cell import Cell
from aslb.parameters.composition.masses import BOUNDARIES, COMPONENTS, layers, within
from aslb.parameters.materials import current_collectors, indium_lithium

CELL = "Cao2021_thin_halide"
SPM = {"model": "SolidStateSPM"}
LENGTHS = st.floats(1e-7, 1e-2)


@pytest.fixture(scope="module")
def cell():
    return pybamm.ParameterValues(CELL)


@pytest.fixture(scope="module")
def study():
    return energy_density(
        CELL, [20e-6, 500e-6], [0.05, 1.0], executor=InProcess(), **SPM
    )


def test_masses_are_those_weighed(cell):
    counted = layers(cell, casing=(0, 0))
    printed = paper_numbers()["geometry_and_loading"]
    assert list(counted) == list(COMPONENTS)
    assert 100 * counted["cathode"].areal_mass == pytest.approx(
        printed["cathode_composite_loading_mg_cm2"]
    )
    assert 100 * counted["membrane"].areal_mass == pytest.approx(
        printed["thin_membrane"]["areal_mass_mg_cm2"]
    )
    assert counted["casing"] == (0, 0)


def test_two_foils_are_counted_with_their_own_densities(cell):
    foils = current_collectors.FOILS
    aluminium, copper = (
        (
            foils[f"{side} current collector thickness [m]"].number,
            foils[f"{side} current collector density [kg.m-3]"].number,
        )
        for side in ("Positive", "Negative")
    )
    counted = layers(cell)["current collectors"]
    assert counted.thickness == pytest.approx(aluminium[0] + copper[0])
    assert counted.areal_mass == pytest.approx(np.prod(aluminium) + np.prod(copper))


def test_a_cell_without_collectors_gets_the_assumed_ones(cell):
    bare = {
        name: value for name, value in cell.items() if "current collector" not in name
    }
    assert layers(pybamm.ParameterValues(bare)) == layers(cell)


@given(separator=LENGTHS, mass=st.floats(0, 3), volume=st.floats(0, 3))
def test_boundaries_nest(cell, separator, mass, volume):
    counted = layers(cell, separator, (mass, volume))
    inside = np.array([within(counted, boundary) for boundary in BOUNDARIES])
    assert (np.diff(inside, axis=0) >= 0).all()
    np.testing.assert_allclose(inside[-1], inside[-2] * [1 + mass, 1 + volume])


@given(thin=LENGTHS, thick=LENGTHS)
def test_mass_is_linear_in_the_separator(cell, thin, thick):
    density = cell["Separator density [kg.m-3]"]
    masses = [
        within(layers(cell, separator), "cathode+membrane").areal_mass
        for separator in (thin, thick)
    ]
    assert masses[1] - masses[0] == pytest.approx(density * (thick - thin), abs=1e-9)


@given(
    energy=st.floats(1, 500),
    layer=LENGTHS,
    more=st.floats(1.001, 10),
)
def test_energy_density_falls_with_thickness(cell, energy, layer, more):
    thin, thick = (
        within(layers(cell, separator), BOUNDARIES[2])
        for separator in (layer, more * layer)
    )
    assert energy / thick.areal_mass < energy / thin.areal_mass
    assert energy / thick.thickness < energy / thin.thickness


def test_what_is_counted_must_be_known(cell):
    with pytest.raises(InputError, match="unknown boundary 'cell'; accepted: cathode"):
        within(layers(cell), "cell")
    with pytest.raises(InputError, match=r"casing share -0.1; accepted: 0 or more"):
        layers(cell, casing=(0.1, -0.1))
    nameless = cell.copy()
    nameless["Separator density [kg.m-3]"] = "[input]"
    with pytest.raises(InputError, match=r"'Separator density \[kg.m-3\]' is"):
        layers(nameless)


def test_lithium_raises_cutoffs_by_the_plateau_and_weighs_less(cell):
    lithium, shift = with_anode(cell, "Li", 20e-6)
    assert shift == pytest.approx(indium_lithium.PLATEAU.number)
    assert layers(lithium)["anode"] == pytest.approx((534 * 20e-6, 20e-6))
    name = "Upper voltage cut-off [V]"
    assert lithium[name] == pytest.approx(cell[name] + shift)
    # a cell that has lithium already is not raised again
    assert with_anode(lithium, "Li")[1] == 0


def test_a_thicker_foil_of_the_same_kind(cell):
    thicker, shift = with_anode(cell, thickness=60e-6)
    assert shift == 0
    assert layers(thicker)["anode"] == pytest.approx(
        2 * np.array(layers(cell)["anode"])
    )


@pytest.mark.parametrize("thickness", [0.0, -1e-6, 30, np.nan, np.inf])
def test_impossible_anodes_are_named(cell, thickness):
    with pytest.raises(InputError, match="unknown anode 'Na'; accepted: as-built, Li"):
        with_anode(cell, "Na")
    with pytest.raises(InputError, match=r"anode thickness .* m; accepted: 1e-07 to"):
        with_anode(cell, "Li", thickness)


def test_energy_is_that_of_a_plain_simulation(monkeypatch):
    monkeypatch.setitem(KEPT, "rtol", 1e-6)
    other = "Cao2021_thick_halide"
    values = pybamm.ParameterValues(other)
    limits = Cell(other).cutoffs()
    slow = charge(0.05, limits["upper_cutoff"])  # and a discharge at C/10
    ends = limits["lower_cutoff"]
    formed = pybamm.Experiment(
        [(slow, discharge(0.05, ends))] * 3 + [(slow, discharge(0.1, ends))]
    )
    solution = pybamm.Simulation(
        pybamm.Model("SolidStateSPM"),
        parameter_values=values,
        experiment=formed,
        solver=pybamm.IDAKLUSolver(rtol=1e-7, atol=1e-9),
    ).solve()
    step = solution.cycles[3].steps[1]
    current, voltage, time = (
        step[name].entries for name in ("Current [A]", "Voltage [V]", "Time [s]")
    )
    area = values["Electrode height [m]"] * values["Electrode width [m]"] * 1e4  # cm2
    expected = 1e3 * np.trapezoid(current * voltage, time) / 3600 / area
    at = energy_density(other, [], [0.1], **SPM, executor=InProcess()).isel(
        thickness=0, c_rate=0
    )
    assert float(at.discharge_energy) == pytest.approx(expected, rel=1e-3)
    mass = float(at.areal_mass.sel(component=["cathode", "membrane"]).sum())
    assert float(at.specific_energy.sel(boundary="cathode+membrane")) == pytest.approx(
        1e3 * float(at.discharge_energy) / mass
    )
    # the mean power lasts as long as the discharge
    hours = float((at.specific_energy / at.specific_power)[0])
    assert hours == pytest.approx((time[-1] - time[0]) / 3600, rel=1e-4)


def test_counting_more_gives_less_and_so_do_thickness_and_rate(study):
    assert study.thickness.size == 3  # the cell as built is added
    assert (study.status == "ok").all()
    for name in ("specific_energy", "energy_density"):
        for dimension in ("boundary", "thickness", "c_rate"):
            assert (study[name].diff(dimension) < 0).all()


def test_density_is_mass_over_volume(study):
    whole = study.sel(boundary=BOUNDARIES[-1])
    mass = 0.01 * study.areal_mass.sum("component")  # kg/m2
    litres = 1e3 * study.layer_thickness.sum("component")
    for dense, specific in (
        ("energy_density", "specific_energy"),
        ("power_density", "specific_power"),
    ):
        ratio = (whole[dense] / whole[specific]).transpose("c_rate", "thickness")
        assert ratio.values == pytest.approx(
            np.broadcast_to((mass / litres).values, ratio.shape)
        )


def test_tables_have_their_columns(study):
    energy = energy_table(study)
    assert list(energy)[:4] == [
        "cell",
        "boundary",
        "specific_energy_Wh_kg",
        "energy_density_Wh_L",
    ]
    assert energy.boundary.tolist() == list(BOUNDARIES)
    assert len(study_table(study)) == 3 * 2 * len(BOUNDARIES)
    breakdown = breakdown_table(study)
    assert list(breakdown)[:4] == [
        "cell",
        "component",
        "areal_mass_mg_cm2",
        "thickness_um",
    ]
    shares = breakdown.groupby("separator_thickness_um")[
        ["mass_fraction", "volume_fraction"]
    ].sum()
    np.testing.assert_allclose(shares, 1)
    assert breakdown.as_built.sum() == len(COMPONENTS)


def test_figures_are_drawn(study):
    for figure in (
        plot_energy(study),
        plot_ragone(study, "cathode"),
        plot_breakdown(study),
    ):
        assert len(figure.axes) == 2
        figure.clear()


@pytest.fixture(scope="module")
def against_paper():
    return energy_against_paper(executor=InProcess(), **SPM)


def test_e2_is_reproduced_with_the_reading_that_is_stated(against_paper):
    """Masses and thicknesses only: the energy is not the model's."""
    seen = against_paper[
        (against_paper.figure == "E2") & (against_paper.reading != "as built")
    ]
    for source in ("paper", "open circuit"):
        difference = seen[seen.energy_from == source].difference_percent
        assert len(difference) == 2
        assert (difference.abs() < 3).all(), source
    assert seen[seen.unit == "g/cm3"].difference_percent.abs().item() < 1


def test_e3_follows_from_e2_with_lithium(against_paper):
    """No number of E3 enters: E2's energy, 0.62 V, the printed capacity, 30 µm."""
    rows = against_paper[
        (against_paper.figure == "E3") & (against_paper.energy_from == "paper")
    ]
    assert (rows.difference_percent.abs() < 3).all()


def test_own_energy_scales_every_number_of_a_reading_alike(against_paper):
    with_energy = against_paper[against_paper.energy_from != "none"]
    for _, solved in with_energy.groupby(["figure", "reading", "unit"]):
        per_energy = solved.model / solved.discharge_energy_mWh_cm2
        np.testing.assert_allclose(per_energy, per_energy.iloc[0])
    assert "model over paper" in paper_text(against_paper)


def test_every_reading_says_why():
    listed = readings(paper_numbers())
    assert {reading.figure[:6] for reading in listed} == {"E1", "E2", "E3", "Fig 1F"}
    assert all(len(reading.reason) > 10 for reading in listed)


@pytest.mark.parametrize("casing", [(0.1,), 0.1, (0.1, 0.1, 0.1), None])
def test_a_casing_has_two_shares(cell, casing):
    with pytest.raises(InputError, match=r"casing: .*; accepted: two shares, as \(0"):
        layers(cell, casing=casing)

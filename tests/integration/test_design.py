"""Designs searched, held against studies that anybody can solve."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from scipy.optimize import brentq

from aslb import Cell, InputError, Study, design, design_map, energy_density, plot, save
from aslb.experiments.analyses.design.bands import with_bands
from aslb.experiments.analyses.design.headline import headline
from aslb.experiments.analyses.energy.study import protocol

pytest.importorskip("optuna")
SPM = {"model": "SolidStateSPM"}
CELL, UNFITTED = "Cao2021_thin_halide", "Asano2018_chloride"
THICKNESS, LOADING = "separator.thickness [um]", "cathode.areal_capacity [mAh.cm-2]"
ENERGY, KEPT = 150.0, 0.78
ASKED = [f"specific_energy {ENERGY}", f"retention {KEPT} at C/2"]
VARY = ["separator.thickness 10 500", "cathode.areal_capacity 1.5 5"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("design")


@pytest.fixture(scope="module")
def answer(folder):
    return design(CELL, ASKED, VARY, generations=2, folder=folder, **SPM)


def margin(thickness, loading):
    """Smallest margin of a design, by a study of its own."""
    cell = Cell(CELL).vary({LOADING: loading, THICKNESS: thickness})
    study = Study(
        cell,
        lambda **ends: protocol(0.05, 1.0, **ends),
        {"c_rate": [0.05, 0.5]},
        quantities=["discharge_capacity", "specific_energy"],
        **SPM,
    )
    data = study.run()
    slow, fast = data.discharge_capacity.values
    return min(float(data.specific_energy[0]) / ENERGY, fast / slow / KEPT) - 1


def test_the_thickest_membrane_meets_what_is_asked_and_a_thicker_one_does_not(answer):
    assert answer.feasible
    thickness, loading = answer.best[THICKNESS], answer.best[LOADING]
    assert margin(thickness, loading) >= -1e-5
    assert margin(1.02 * thickness, loading) < 0
    # nor is a thicker one possible with another loading
    for other in (0.95, 1.05):
        assert margin(1.02 * thickness, other * loading) < 0


def test_it_is_the_root_of_the_margin(answer):
    loading = answer.best[LOADING]
    root = brentq(lambda x: margin(x, loading), 10, 500, xtol=0.01)
    assert answer.best[THICKNESS] == pytest.approx(root, rel=2e-3)


def test_no_design_of_the_front_is_beaten(answer):
    columns = [measure.column for measure in answer.question.measures]
    every, front = answer.designs[columns].to_numpy(), answer.front[columns].to_numpy()
    assert len(front) > 3
    for one in front:
        better = (every >= one).all(axis=1) & (every > one).any(axis=1)
        assert not better.any()


def test_what_was_solved_is_read_from_its_folder(answer, folder, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("solved again")

    monkeypatch.setattr("aslb.experiments.study.solve.solve_together", refuse)
    monkeypatch.setattr("aslb.experiments.study.solve.solve_points", refuse)
    again = design(CELL, ASKED, VARY, generations=2, folder=folder, **SPM)
    pd.testing.assert_frame_equal(again.designs, answer.designs)


# which way a material gets better, by the beginning of its PyBaMM name
LESS = ("Separator-catholyte", "Negative electrode interface", "Positive particle rad")
BEST_AS_IT_IS = "Positive electrode Bruggeman coefficient (electrolyte)"


def test_only_the_direction_that_helps_is_offered(folder):
    # a membrane of a bad design, so that nothing suffices and all is tried
    found = design(
        CELL,
        ["specific_energy 250", "retention 0.95 at 1C"],
        VARY,
        generations=1,
        folder=folder,
        **SPM,
    )
    table = found.improvements.set_index("words")
    assert len(table) > 5
    up = table["end"] > table["now"]
    assert list(up) == [not words.startswith(LESS) for words in table.index]
    assert BEST_AS_IT_IS not in table.index


def test_parameter_values_and_single_texts_are_taken(folder):
    own = Cell(CELL).parameter_values()
    varied = "Separator thickness [m] 1e-5 3e-4"
    settings = {"generations": 1, "folder": folder, **SPM}
    found = design(own, "specific_energy 100", varied, **settings)
    assert headline(found).startswith("Feasible: custom")
    # any name of a parameter, and the separator is the goal by any of them
    assert found.question.goal.name == "Separator thickness [m]"
    assert found.best["Separator thickness [m]"] == pytest.approx(3e-4)
    named = design(CELL, "specific_energy 100", varied, **settings)
    assert named.best["Separator thickness [m]"] == pytest.approx(3e-4)
    first = ["Catholyte conductivity [S.m-1] 0.02 0.2", "cathode.areal_capacity 1.5 5"]
    other = design(
        CELL, "specific_energy 100", first, improve="foil.thickness 1 2", **settings
    )
    assert other.question.goal.name == "Catholyte conductivity [S.m-1]"


def test_what_must_improve_is_enough_and_less_is_not(folder):
    asked = ["retention 0.8 at 1C"]
    found = design(
        CELL,
        asked,
        ["separator.thickness 30 100", "cathode.areal_capacity 1.5 3"],
        improve=["cathode.particle_radius 2 4", "separator.conductivity 1.6 3"],
        generations=1,
        folder=folder,
        **SPM,
    )
    assert not found.feasible
    first, second = found.improvements.to_dict("records")
    assert first["quantity"] == "cathode.particle_radius [um]"
    assert np.isnan(second["needed"])
    assert second["margin"] < 0
    text = headline(found)
    assert text.startswith("Not feasible")
    assert "No difference: Separator electrolyte conductivity" in text

    def kept(radius):
        values = {name: first[name] for name in (THICKNESS, LOADING)}
        cell = Cell(CELL).vary({**values, "cathode.particle_radius [um]": radius})
        rates = {"c_rate": [0.05, 1]}
        study = Study(cell, lambda **ends: protocol(0.05, 1.0, **ends), rates, **SPM)
        slow, fast = study.run().discharge_capacity.values
        return fast / slow

    assert kept(first["needed"]) >= 0.8
    assert kept(1.05 * first["needed"]) < 0.8


def test_an_answer_is_drawn_and_saved(answer, tmp_path):
    figure = plot(answer)
    assert isinstance(figure, Figure)
    labels = [figure.axes[0].get_xlabel(), figure.axes[0].get_ylabel()]
    assert labels == ["Capacity kept at C/2 / %", "Specific energy at C/20 / Wh/kg"]
    save(answer, tmp_path)
    table = pd.read_csv(tmp_path / "design.csv")
    assert [*table["quantity"][:2]] == [THICKNESS, LOADING]
    assert (tmp_path / "pareto.csv").exists()


def test_a_point_of_the_map_is_what_energy_density_gives():
    study = design_map(CELL, [30e-6, 300e-6], [20, 40], ["C/5", "C/2"], **SPM)
    varied = Cell(CELL).vary({LOADING: 4})
    public = energy_density(varied, [30e-6, 300e-6], [0.2, 0.5], **SPM)
    at = public.sel(boundary="cathode+membrane+anode").isel(thickness=[0, -1])
    np.testing.assert_allclose(
        study.specific_energy.sel(areal_capacity=40).values,
        at.specific_energy.values,
        rtol=1e-3,
    )
    figure = plot(study)
    words = " ".join(text.get_text() for text in figure.findobj(Text))
    assert "areal_capacity" not in words
    assert "Cao 2021 thin halide" in words


def test_currents_of_the_best_design_are_beside_those_at_which_lithium_shorts(answer):
    assert "Lithium: " not in headline(answer)
    lithium = replace(answer, attrs={**answer.attrs, "anode": "Li"})
    (said,) = [x for x in headline(lithium).split("\n\n") if x.startswith("Lithium")]
    # what 1C is to the loading: both are of the same mass
    built = Cell(CELL)
    per_loading = built.vary({LOADING: 1.0}).numbers["Nominal cell capacity [A.h]"]
    one_c = 1e-1 * per_loading / built.area * answer.best[LOADING]  # mA/cm2
    assert f"; {int(0.5 * one_c >= 0.5)} of 2 rates reach the 0.5 mA/cm2" in said
    assert f"{0.5 * one_c:.3g} mA/cm2 at C/2; " in said


def test_the_command_answers_in_words_first(aslb, tmp_path):
    few = "--generations 1 --no-map --bands 0 --improve none"
    done = aslb(f"design --model SolidStateSPM {few} --vary separator.thickness")
    assert done.returncode == 0
    assert done.stdout.startswith("Not feasible: no design of Cao2021_thin_halide")
    assert "\nFitted values of Cao2021_thin_halide: 6 to [" in done.stdout
    assert "designs" not in done.stderr  # no bar in a pipe
    out = tmp_path / "results" / "design"
    assert (out / "design.png").exists()
    assert (out / "manifest.json").exists()
    refused = aslb("design --vary foo --at-least speed")
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 2  # a line a mistake


def test_bands_are_about_the_same_designs_for_samples(answer):
    banded = with_bands(answer, 2)
    rows = banded.bands.set_index("quantity")
    assert [*rows.index[1:]] == [one.column for one in answer.question.measures]
    assert (rows["lower"] <= rows["median"]).all()
    assert (rows["median"] <= rows["upper"]).all()
    low, high = rows.loc[THICKNESS, ["lower", "upper"]]
    assert 10 <= low < high <= 500
    assert banded.attrs["meets"] in (0, 0.5, 1)
    assert "(90 %: " in headline(banded)
    ends = banded.bands.assign(lower=0.0, upper=np.inf)
    assert "Outside" not in headline(replace(banded, bands=ends))
    ends.loc[ends["quantity"] == THICKNESS, "upper"] = answer.best[THICKNESS] / 2
    paragraph, *_ = headline(replace(banded, bands=ends)).split("\n\n")
    shown = answer.question.goal_variable.shown(answer.best[THICKNESS])
    said = f"Outside of its band: Membrane thickness {shown}. "
    assert paragraph.splitlines()[-1].startswith(said)
    assert len(banded.front_bands) > 2
    with pytest.raises(InputError, match="bands need a calibration"):
        with_bands(
            replace(answer, question=replace(answer.question, cell=Cell(UNFITTED))), 2
        )

"""`aslb energy` as a user types it."""

import json

import pandas as pd
import pytest

REFUSED = {
    "--cell Foo": "unknown cell 'Foo'; accepted: Cao2021_thick_sulfide",
    "--anode Na": "unknown anode 'Na'; accepted: as-built, Li",
    "--anode Li --anode-thickness-um -20": "-um -20 µm; accepted: 0.1 to 5000 µm",
    "--thickness-um -5": "--thickness-um -5 µm; accepted: 0.001 to 1e+06 µm",
    "--boundary cell": "unknown boundary 'cell'; accepted: cathode, cathode+membrane",
    "--casing -0.1 0": "casing share -0.1; accepted: 0 or more, as 0.05",
    "--cell Asano2018_chloride --bands 2": "bands need a calibration, which 'Asano2018",
    "--c-rate fast": "'fast' is not a C-rate; accepted: C/20",
    "--c-rate -1": "C-rate -1; accepted: a positive number",
}


@pytest.mark.parametrize("arguments", REFUSED)
def test_bad_input_is_one_line_and_status_2(arguments, aslb, tmp_path):
    done = aslb(f"energy {arguments}")
    assert done.returncode == 2
    assert REFUSED[arguments] in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_energy_leaves_tables_figures_and_the_paper_beside_them(aslb, tmp_path):
    done = aslb(
        "energy --model SolidStateSPM --thickness-um 500 --c-rate C/20 --c-rate 1C "
        "--bands 2"
    )
    assert done.returncode == 0, done.stderr
    assert "Casing: 5% of the mass and 10% of the volume" in done.stdout
    assert "The paper's energy densities" in done.stdout
    assert "\nFitted values of Cao2021_thin_halide: 6 to [" in done.stdout
    out = tmp_path / "results" / "energy"
    energy = pd.read_csv(out / "energy.csv")
    assert list(energy)[:4] == [
        "cell",
        "boundary",
        "specific_energy_Wh_kg",
        "energy_density_Wh_L",
    ]
    ends = (energy.specific_energy_lower_Wh_kg, energy.specific_energy_upper_Wh_kg)
    assert energy.specific_energy_Wh_kg.between(*ends).all()
    assert "energy_density_lower_Wh_L" in pd.read_csv(out / "energy_study.csv")
    assert energy.boundary.iloc[-1] == (
        "cathode+membrane+anode+current collectors+casing"
    )
    assert energy.specific_energy_Wh_kg.is_monotonic_decreasing
    breakdown = pd.read_csv(out / "energy_breakdown.csv")
    assert set(breakdown.separator_thickness_um) == {47, 500}
    paper = pd.read_csv(out / "energy_paper.csv")
    assert set(paper.energy_from) == {"model", "paper", "open circuit", "none"}
    for name in ("energy", "energy_ragone", "energy_breakdown"):
        for ending in ("png", "svg"):
            assert (out / f"{name}.{ending}").stat().st_size > 10_000
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["arguments"]["boundary"] == "cathode+membrane+anode"


def test_lithium_in_the_place_of_the_foil(aslb, tmp_path):
    done = aslb(
        "energy --cell Cao2021_thick_halide --anode Li --anode-thickness-um 20 "
        "--model SolidStateSPM --thickness-um 100 --c-rate C/20"
    )
    assert done.returncode == 0, done.stderr
    assert "The paper's energy densities" not in done.stdout
    assert "Lithium: the discharge is 0.159 mA/cm2 at C/20; 0 of 1 " in done.stdout
    breakdown = pd.read_csv(tmp_path / "results" / "energy" / "energy_breakdown.csv")
    anode = breakdown[breakdown.component == "anode"]
    assert anode.areal_mass_mg_cm2.tolist() == pytest.approx([1.068, 1.068], rel=0.01)


def test_help_teaches(aslb):
    done = aslb("energy --help")
    assert done.returncode == 0
    assert "Example: aslb energy" in done.stdout

"""`aslb impedance` and `aslb resistance` as a user types them."""

import numpy as np
import pandas as pd
import pytest


def test_impedance_leaves_spectra_arcs_and_figures(aslb, tmp_path):
    done = aslb(
        "impedance Cao2021_thin_halide --soc 20 --soc 80 --temperature 60 "
        "--model SolidStateSPM"
    )
    assert done.returncode == 0, done.stderr
    assert "Cao2021_thin_halide, 20 % state of charge, 60 °C" in done.stdout
    out = tmp_path / "results" / "impedance"
    table = pd.read_csv(out / "impedance.csv")
    assert len(table) == 2 * 64
    area = 1.2668  # cm2
    ratio = table.z_real_ohm_cm2 / table.z_real_ohm
    assert ratio.to_numpy() == pytest.approx(area, rel=1e-3)
    parts = table.filter(regex="^(?!z_).*_real_ohm_cm2$").sum(axis=1)
    assert parts.to_numpy() == pytest.approx(table.z_real_ohm_cm2.to_numpy())
    arcs = pd.read_csv(out / "arcs.csv")
    assert {*arcs.soc} == {0.2, 0.8}
    assert "Kinetic" in set(arcs.element)
    for name in ("nyquist", "bode"):
        assert (out / f"{name}.png").stat().st_size > 10_000
    plain = np.loadtxt(out / "Cao2021_thin_halide_soc20.csv", delimiter=",")
    first = table[table.soc == 0.2]
    assert plain[:, 1] == pytest.approx(first.z_real_ohm.to_numpy(), rel=1e-8)
    assert (out / "Cao2021_thin_halide_soc80.z").read_text().startswith("ZPLOT2")


def test_impedance_of_two_sizes_of_particles_names_its_arcs(aslb, tmp_path):
    cell = "Cao2021_thin_halide:two sizes"
    done = aslb(["impedance", cell, "--model", "SolidStateSPM"])
    assert done.returncode == 0, done.stderr
    assert f"{cell}, 50 % state of charge, 25 °C" in done.stdout
    out = tmp_path / "results" / "impedance"
    arcs = pd.read_csv(out / "arcs.csv").set_index("element").resistance_ohm_cm2
    assert {"Anode interface", "Junction", "Anode kinetic", "Kinetic"} <= {*arcs.index}
    done = aslb(["resistance", cell, "--model", "SolidStateSPM"])
    assert done.returncode == 0, done.stderr
    table = pd.read_csv(tmp_path / "results" / "resistance" / "resistance.csv")
    expected = table.set_index("component").resistance_ohm_cm2
    assert arcs["Kinetic"] == pytest.approx(expected["Kinetic"], rel=1e-3)


def test_resistance_leaves_a_waterfall_beside_spectra(aslb, tmp_path):
    done = aslb("resistance Cao2021_thick_halide Cao2021_thin_halide")
    assert done.returncode == 0, done.stderr
    assert "thin halide: 220 Ω cm², most of it kinetic" in done.stdout
    out = tmp_path / "results" / "resistance"
    table = pd.read_csv(out / "resistance.csv")
    sums = table.groupby("cell").resistance_ohm_cm2.sum()
    assert sums["Cao2021_thick_halide"] > sums["Cao2021_thin_halide"] > 40
    for name in ("resistance", "nyquist"):
        assert (out / f"{name}.png").stat().st_size > 10_000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("impedance", "Missing argument 'CELL...'"),
        ("impedance Nobody2020", "unknown cell 'Nobody2020'"),
        ("impedance Cao2021_thin_halide --frequency 0", "frequency 0 Hz; accepted"),
        (
            "impedance Cao2021_thin_halide --frequency 1 --frequency 1",
            "frequency 1 Hz after 1 Hz",
        ),
        (
            "impedance Cao2021_thin_halide --soc 120",
            "--soc 120 %; accepted: 0 to",
        ),
        ("impedance Cao2021_thin_halide --soc 9 --soc 9", "--soc 9 twice; accepted"),
        (
            "impedance Cao2021_thin_halide --temperature 400",
            "--temperature 400 °C; accepted: -73.15 to 226.85 °C",
        ),
        ("resistance Cao2021_thin_halide --temperature -300", "--temperature -300 °C"),
        ("impedance Cao2021_thin_halide LCO_Li3YCl6_60C", "the cells are at 25, 60 °C"),
        ("resistance Cao2021_thin_halide --model Newman", "unknown model 'Newman'"),
        (
            ["impedance", "Cao2021_thin_halide:two sizes", "--soc", "120"],
            "--soc 120 %; accepted",
        ),
    ],
)
def test_bad_input_is_one_line_and_status_2(aslb, arguments, said):
    done = aslb(arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["impedance", "resistance"])
def test_files_of_one_name_in_two_folders_are_told_apart(command, aslb, tmp_path):
    for folder, thickness in (("one", 30), ("two", 90)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "cell.toml").write_text(
            'base = "Cao2021_thin_halide"\n'
            f'[vary]\n"separator.thickness [um]" = {thickness}\n'
        )
    done = aslb(f"{command} one/cell.toml two/cell.toml --model SolidStateSPM")
    assert done.returncode == 0, done.stderr
    out = tmp_path / "results" / command
    table = pd.read_csv(out / f"{command}.csv")
    assert list(dict.fromkeys(table.cell)) == ["one/cell.toml", "two/cell.toml"]
    twice = aslb(f"{command} one/cell.toml one/cell.toml")
    assert twice.returncode == 2
    assert twice.stderr == "aslb: cells: 'one/cell.toml' is given twice\n"

"""Whose work a simulation rests on is what PyBaMM's citations print."""

import contextlib
import io
import tomllib
from pathlib import Path

import pybamm
import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from aslb.parameters.composition.cell import Cell

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "lco_li3ycl6.toml"


@pytest.fixture
def cited():
    """Keys of the papers cited so far, from none."""
    kept = set(pybamm.citations._papers_to_cite)
    pybamm.citations._reset()
    yield pybamm.citations._papers_to_cite
    pybamm.citations._papers_to_cite.clear()
    pybamm.citations._papers_to_cite.update(kept)


@pytest.mark.parametrize(
    ("name", "key"), [("SolidStateDFN", "Doyle1993"), ("SolidStateSPM", "Marquis2019")]
)
def test_model_cites_its_kind_and_its_tortuosity(cited, name, key):
    pybamm.Model(name)
    assert {key, "Bruggeman1935"} <= pybamm.citations._papers_to_cite


def test_citations_can_be_printed(cited, capsys):
    pybamm.Model("SolidStateDFN")
    pybamm.print_citations()
    assert "Doyle" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("cell", "doi"),
    [
        ("Cao2021_thick_sulfide", "10.1002/adma.202105505"),
        ("Asano2018_chloride", "10.1002/adma.201803075"),
        ("Cao2026_ptfe_film", "10.1002/adma.74533"),
        ("Kato2018_thick", "10.1021/acs.jpclett.7b02880"),
        ("Schlautmann2023_XL", "10.1002/aenm.202302309"),
        ("examples/lco_li3ycl6.toml", "10.1002/adma.201803075"),
    ],
)
def test_a_cell_cites_its_sources(cited, cell, doi, capsys, monkeypatch):
    monkeypatch.chdir(Path(__file__).resolve().parents[2])
    Cell(cell).parameter_values()
    pybamm.print_citations()
    assert doi in capsys.readouterr().out


@given(
    source=st.text(st.characters(exclude_categories=["C"]), min_size=1).filter(
        str.strip
    )
)
@settings(max_examples=50, deadline=None)
def test_any_source_of_a_file_can_be_printed(source, tmp_path_factory):
    text = EXAMPLE.read_text(encoding="utf-8")
    content = tomllib.loads(text)
    content["foil"]["source"] = source
    path = tmp_path_factory.mktemp("cited") / "my cell (2).toml"
    path.write_text(tomli_w.dumps(content), encoding="utf-8")
    pybamm.citations._reset()
    Cell(path).parameter_values()
    with contextlib.redirect_stdout(io.StringIO()):
        pybamm.print_citations()

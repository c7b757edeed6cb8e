"""Whose work a simulation rests on is what PyBaMM's citations print."""

import pybamm
import pytest


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


def test_reference_cell_cites_its_paper(cited, capsys):
    pybamm.ParameterValues("Cao2021_thin_halide")
    pybamm.print_citations()
    assert "10.1002/adma.202105505" in capsys.readouterr().out


@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="the parameter set carries no citations"
)
def test_cell_of_another_laboratory_cites_its_paper(cited, capsys):
    pybamm.ParameterValues("Asano2018_chloride")
    pybamm.print_citations()
    assert "10.1002/adma.201803075" in capsys.readouterr().out

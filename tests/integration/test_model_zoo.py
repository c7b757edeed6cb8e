"""The models keep the contract of PyBaMM's model zoo, which finds them by itself."""

import runpy
from pathlib import Path

import pybamm
import pytest

zoo = pytest.importorskip("pybamm_model_zoo", reason="the model zoo is not installed")
contract = pytest.importorskip("pybamm_model_zoo.testing.contract")
OURS = ["SolidStateDFN", "SolidStateSPM"]


@pytest.fixture(autouse=True)
def _citations_kept():
    kept = dict(vars(pybamm.citations))
    yield
    vars(pybamm.citations).update(kept)


@pytest.mark.parametrize(
    "check", contract.checks_in_scope(contract.MODEL), ids=lambda check: check.name
)
@pytest.mark.parametrize("name", OURS)
def test_contract_holds(name, check):
    entry = zoo.info(name)
    assert not entry.tests.skip_contract
    check.run(entry)


@pytest.mark.parametrize("name", OURS)
def test_example_of_the_zoo_runs_and_its_tests_pass(name, capsys):
    path = zoo.info(name).path
    (example,) = Path(path, "examples").glob("*.py")
    runpy.run_path(str(example))
    said = capsys.readouterr().out
    loss = float(said.rpartition(":")[2])
    assert 0 < loss < 0.1
    (tests,) = Path(path, "tests").glob("test_*.py")
    found = runpy.run_path(str(tests))
    (test,) = (found[item] for item in found if item.startswith("test_"))
    test()


def test_printed_are_the_program_and_the_papers_of_the_physics(capsys):
    pybamm.citations._reset()
    for name in OURS:
        zoo.load(name)()
    pybamm.print_citations()
    said = capsys.readouterr().out
    assert "The aslb developers" in said
    assert said.count("all-solid-state lithium batteries") == 1
    assert "Doyle" in said
    assert "Marquis" in said

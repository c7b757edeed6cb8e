"""The commands of a developer, in the environment that is active: nox, nox -s lint."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import nox

nox.options.default_venv_backend = "none"  # the environment of `pip install -e .[dev]`
nox.options.sessions = ["lint", "types", "tests"]

os.environ.setdefault("PYBAMM_DISABLE_TELEMETRY", "true")
# tools next to this Python are found without activating its environment
os.environ["PATH"] = os.pathsep.join(
    [str(Path(sys.executable).parent), os.environ["PATH"]]
)
PARTS = ("models", "parameters", "experiments")  # folders that are packages of aslb
OLDEST = ("pybamm==26.9.*", "pybammsolvers==0.10.*")  # as in pyproject.toml
FOLLOWS_PYBAMM = (
    "tests/unit/models",
    "tests/integration/test_pybamm_workflow.py",
    "tests/integration/test_initial_soc.py",
    "tests/integration/engine/test_cycle_solver.py",
    "tests/validation/test_against_pybamm.py",
)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests that take minutes in all; options of pytest after ``--``."""
    session.run("pytest", *session.posargs)


@nox.session
def oldest(session: nox.Session) -> None:
    """Run the tests of what follows PyBaMM's internals, with its oldest version.

    It is put before the installed one, which the other tests run with.
    """
    folder = Path("build", "oldest").resolve()
    if not folder.exists():
        install = ("python", "-m", "pip", "install", "--quiet", "--no-deps")
        session.run(*install, "--target", str(folder), *OLDEST)
    session.env["PYTHONPATH"] = str(folder)
    code = "import pybamm; assert pybamm.__version__.startswith('26.9.')"
    session.run("python", "-c", code)
    session.run("pytest", *(session.posargs or FOLLOWS_PYBAMM))


@nox.session
def slow(session: nox.Session) -> None:
    """Run the tests that take minutes each."""
    session.run("pytest", "-m", "slow", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and format."""
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check types."""
    session.run("mypy")


@nox.session
def contracts(session: nox.Session) -> None:
    """Check which package may import which."""
    session.run("lint-imports")


@nox.session
def coverage(session: nox.Session) -> None:
    """Run the tests, and list the lines and branches that none of them reaches.

    Following every line takes two thirds more time, so that `.ci/run` goes without.
    """
    session.run("pytest", "--cov", "--cov-report=term", *session.posargs)
    session.run("coverage", "report", "--include=experiments/*", "--fail-under=90")


@nox.session
def mutation(session: nox.Session) -> None:
    """Count the mutants that no test catches, of a sample; it takes an hour.

    Mutated is a clone of what is committed; results/mutation/session.sqlite is left.
    """
    folder = Path("results", "mutation").resolve()
    tree, found = folder / "tree", folder / "session.sqlite"
    shutil.rmtree(folder, ignore_errors=True)
    session.run("git", "clone", "--quiet", ".", str(tree), external=True)
    package = tree / "package" / "aslb"  # before the installed one, of links as it is
    package.mkdir(parents=True)
    for part in (*(tree / "src" / "aslb").iterdir(), *map(tree.joinpath, PARTS)):
        (package / part.name).symlink_to(part)
    session.chdir(tree)
    session.env["PYTHONPATH"] = str(package.parent)
    session.run("python", "tests/mutation/command.py")
    config = "tests/mutation/cosmic-ray.toml"
    session.run("cosmic-ray", "init", config, str(found))
    session.run("cr-filter-operators", str(found), config)
    session.run("python", "tests/mutation/sample.py", str(found), config)
    session.run("cosmic-ray", "exec", config, str(found))
    session.run("cr-report", str(found), "--show-diff", "--surviving-only")


@nox.session
def docs(session: nox.Session) -> None:
    """Make the generated pages again, or those named: nox -s docs -- materials."""
    folder = Path("docs", "generate")
    names = session.posargs or sorted(path.stem for path in folder.glob("*.py"))
    for name in names:
        session.run("python", str(folder / f"{name}.py"))


@nox.session
def site(session: nox.Session) -> None:
    """Build the site, docs/_build/html, with its gallery."""
    where = ("-d", "docs/_build/doctrees", "docs", "docs/_build/html")
    session.run("sphinx-build", "-W", "--keep-going", "-q", *where)


@nox.session
def browser(session: nox.Session) -> None:
    """Open the site that was built, and the explorer, in the machine's Chromium."""
    session.run(
        "pytest", "-rP", "-m", "browser", *(session.posargs or ("tests/browser",))
    )

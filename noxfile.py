"""The commands of a developer, in the environment that is active: nox, nox -s lint."""

from __future__ import annotations

import os
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


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests that take minutes in all; options of pytest after ``--``."""
    session.run("pytest", *session.posargs)


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
    """Run the tests, and list the lines and branches that none of them reaches."""
    session.run("pytest", "--cov", "--cov-report=term", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Make the generated pages again, or those named: nox -s docs -- materials."""
    folder = Path("docs", "generate")
    names = session.posargs or sorted(path.stem for path in folder.glob("*.py"))
    for name in names:
        session.run("python", str(folder / f"{name}.py"))

"""The wheel holds what the checkout holds, and nothing generic."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {
    "models": "aslb/models",
    "parameters": "aslb/parameters",
    "experiments": "aslb/experiments",
    "src/aslb": "aslb",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel by way of an sdist, built from a copy so that no stale build is used."""
    copy = tmp_path_factory.mktemp("checkout") / "aslb"
    ignored = shutil.ignore_patterns(
        ".git", ".venv", "build", "*.egg-info", "__pycache__", ".*_cache"
    )
    shutil.copytree(ROOT, copy, ignore=ignored)
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", "dist", "."],
        cwd=copy,
        check=True,
        capture_output=True,
    )
    (built,) = (copy / "dist").glob("*.whl")
    return zipfile.ZipFile(built)


def test_nothing_generic_reaches_site_packages(wheel):
    roots = {Path(name).parts[0] for name in wheel.namelist()}
    assert {root for root in roots if not root.endswith(".dist-info")} == {"aslb"}


def test_every_module_and_data_file_is_in_the_wheel(wheel):
    for folder, package in FOLDERS.items():
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in (".py", ".csv", ".typed"):
                name = f"{package}/{file.relative_to(ROOT / folder).as_posix()}"
                assert name in wheel.namelist()


def test_licence_is_in_the_wheel(wheel):
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())

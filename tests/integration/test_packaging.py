"""The wheel holds what the checkout holds, and nothing generic."""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = (".py", ".csv", ".json", ".toml", ".typed", ".yaml")
FOLDERS = {
    "models": "aslb/models",
    "parameters": "aslb/parameters",
    "experiments": "aslb/experiments",
    "src/aslb": "aslb",
}


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """An sdist, and a wheel made of it, from a copy so that no stale build is used."""
    copy = tmp_path_factory.mktemp("checkout") / "aslb"
    ignored = shutil.ignore_patterns(
        ".git",
        ".venv",
        "build",
        "_build",
        "*.egg-info",
        "__pycache__",
        ".*_cache",
        "results",
    )
    shutil.copytree(ROOT, copy, ignore=ignored)
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", "dist", "."],
        cwd=copy,
        check=True,
        capture_output=True,
    )
    return copy / "dist"


@pytest.fixture(scope="module")
def wheel(dist):
    (built,) = dist.glob("*.whl")
    return zipfile.ZipFile(built)


@pytest.mark.parametrize("form", ["*.whl", "*.tar.gz"])
def test_what_is_built_installs_and_runs(dist, form, tmp_path):
    (built,) = dist.glob(form)
    options = ["--no-deps", "--no-build-isolation", "--quiet", "--target"]
    subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, tmp_path, built], check=True
    )
    code = (
        "import aslb, pybamm; print(aslb.__file__); "
        "print(aslb.Cell('Cao2021_thin_halide').name, aslb.Study.__name__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,  # which comes first in the path
        capture_output=True,
        text=True,
        check=True,
    )
    where, found = done.stdout.splitlines()
    assert Path(where).is_relative_to(tmp_path)
    assert found == "Cao2021_thin_halide Study"


def test_nothing_generic_reaches_site_packages(wheel):
    roots = {Path(name).parts[0] for name in wheel.namelist()}
    assert {root for root in roots if not root.endswith(".dist-info")} == {"aslb"}


def test_every_module_and_data_file_is_in_the_wheel(wheel):
    for folder, package in FOLDERS.items():
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in SHIPPED:
                name = f"{package}/{file.relative_to(ROOT / folder).as_posix()}"
                assert name in wheel.namelist()


def test_licence_is_in_the_wheel(wheel):
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())


def test_all_that_is_kept_is_in_the_sdist(dist):
    if not (ROOT / ".git").exists():
        pytest.skip("made from an sdist: nothing says what is kept")
    (built,) = dist.glob("*.tar.gz")
    with tarfile.open(built) as archive:
        there = {name.partition("/")[2] for name in archive.getnames()}
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert set(listed.stdout.splitlines()) - there == set()

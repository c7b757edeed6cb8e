"""Run the tests that can catch a mutant: those of the file that is not as in git."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import Phase, settings

ROOT = Path(__file__).resolve().parents[2]
TABLE = tomllib.loads((Path(__file__).parent / "cosmic-ray.toml").read_text("utf-8"))


def chosen(file: Path) -> list[str]:
    """Tests of a file: its mirror, those given for it, those given for its folders."""
    mirror = Path("tests", "unit", file.parent, f"test_{file.stem}.py")
    found = [str(mirror)] if (ROOT / mirror).is_file() else []
    for name in (file, *file.parents):
        found += TABLE["tests"].get(name.as_posix(), [])
    return list(dict.fromkeys(found))


def main() -> None:
    """Run them, or all that are given if no file is mutated."""
    changed = subprocess.run(
        ["git", "diff", "--name-only"], cwd=ROOT, capture_output=True, text=True
    )
    files = [Path(name) for name in changed.stdout.split()] or sorted(
        file.relative_to(ROOT)
        for folder in TABLE["cosmic-ray"]["module-path"]
        for file in (ROOT / folder).rglob("*.py")
    )
    tests = [test for file in files for test in chosen(file)]
    # one failure is enough: no time to find a simpler one, and no memory of others
    phases = [Phase.explicit, Phase.generate]
    settings.register_profile("one", phases=phases, database=None, derandomize=True)
    settings.load_profile("one")
    options = ["-x", "-q", "-p", "no:cacheprovider"]
    options += ["-W", "ignore:Module already imported:pytest.PytestWarning"]
    sys.exit(pytest.main([*options, *dict.fromkeys(tests)]))


if __name__ == "__main__":
    main()

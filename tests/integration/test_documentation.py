"""What the documentation says can be run, and is what it says."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLES = {
    f"{page.name}-{number}": code
    for page in PAGES
    for number, code in enumerate(
        re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    )
}


@pytest.mark.parametrize(
    "example",
    [
        pytest.param(name, marks=[pytest.mark.slow] if "calibrate(" in text else [])
        for name, text in EXAMPLES.items()
    ],
)
def test_example_runs(example, tmp_path, monkeypatch):
    if "import pybop" in EXAMPLES[example]:
        pytest.importorskip("pybop", reason="PyBOP is not installed")
    monkeypatch.chdir(tmp_path)
    exec(compile(EXAMPLES[example], example, "exec"), {"__name__": "__main__"})


def test_links_lead_somewhere():
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"

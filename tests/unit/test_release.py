"""A version is told in three places, which agree."""

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
    "version"
]


def test_citation_has_the_version_and_the_date_of_the_changelog():
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    (date,) = re.findall(rf"^## {re.escape(VERSION)} \((.+)\)$", changelog, re.M)
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert cited["version"] == VERSION
    assert str(cited["date-released"]) == date

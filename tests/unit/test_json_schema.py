"""Schemas of files: they are what files are read by, and examples name them."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FILES = sorted(EXAMPLES.glob("*.toml"))
CELL = EXAMPLES / "lco_li3ycl6.toml"


def schema_of(file):
    first = file.read_text(encoding="utf-8").splitlines()[0]
    path = EXAMPLES / first.removeprefix("#:schema ")
    return json.loads(path.read_text(encoding="utf-8"))


def checked(content, schema):
    jsonschema.validators.validator_for(schema)(schema).validate(content)


@pytest.mark.parametrize("kind", ["cell", "study"])
def test_the_file_is_what_the_command_prints(kind, aslb):
    shipped = (EXAMPLES / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert json.loads(aslb(f"schema {kind}").stdout) == json.loads(shipped)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_an_example_is_what_its_schema_says(file):
    checked(tomllib.loads(file.read_text(encoding="utf-8")), schema_of(file))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("thickness_um = 40", "thickness_mm = 40"),
        ("thickness_um = 40", "thickness_um = 4e9"),
        ("thickness_um = [600, 500, 700]", "thickness_um = [600, 500]"),
        ('material = "In-Li"', 'material = "Na"'),
        ("area_cm2 = 0.71", ""),
        ("[foil]", "[foill]"),
    ],
)
def test_a_wrong_cell_is_none(old, new):
    text = CELL.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(jsonschema.ValidationError):
        checked(tomllib.loads(text.replace(old, new, 1)), schema_of(CELL))


@pytest.mark.parametrize(
    "wrong",
    [
        {"modle": "SolidStateDFN"},
        {"model": "DFN"},
        {"vary": {"c_rate": 1}},
        {"vary": {"c_rate": {"log": [1, 2], "step": 1}}},
        {"outputs": {"quantities": ["capacity"]}},
        {"protocol": {"name": "gitt"}},
    ],
)
def test_a_wrong_study_is_none(wrong):
    schema = schema_of(EXAMPLES / "rate_test.toml")
    checked({"vary": {"c_rate": ["C/20", 1]}}, schema)
    with pytest.raises(jsonschema.ValidationError):
        checked(wrong, schema)


def test_help_says_that_a_cell_may_be_a_file(aslb):
    for command in ("thickness", "rate", "energy", "calibrate", "sensitivity", "sweep"):
        assert "TOML file" in " ".join(aslb(f"{command} --help").stdout.split())

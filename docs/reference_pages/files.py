"""Files that are read and written: keys from their schemas, columns from answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from aslb import Study, cccv, energy_density, impedance, rate, resistance, thickness
from aslb.experiments.output.files import manifest
from aslb.experiments.study.json_schema import study_schema
from aslb.parameters.composition.json_schema import cell_schema
from aslb.present import report
from reference_pages.markdown import escaped, table

CELL = "Cao2021_thin_halide"
FAST = {"model": "SolidStateSPM"}
ANSWERS: Mapping[str, Callable[[], Any]] = {
    "thickness": lambda: thickness(CELL, [3e-5, 1e-3], [0.5, 1], holds=(1, 2), **FAST),
    "rate": lambda: rate(CELL, [(0.05, 1)], **FAST),
    "energy": lambda: energy_density(CELL, [2e-5], [0.2], **FAST),
    "resistance": lambda: resistance(CELL),
    "impedance": lambda: impedance(CELL),
    "sweep": lambda: Study(CELL, cccv(), {"c_rate": [0.5, 1]}, **FAST).run(),
}
"""A small answer of each command, whose tables are as those of a large one."""

PAGE = """# Files and columns

Made from the schemas that files are checked against, and from small answers of each
command.

## Cell files

TOML; how to write one is told in [another cell](../new-cell.md). A number may be
`[value, lower, upper]`. `aslb schema cell` prints the schema for editors.

{cell}

## Study files

TOML; what the keys do is told in [studies](../studies.md). `aslb schema study`
prints the schema for editors.

{study}

## What commands write

Each command writes its tables as CSV, its figures as PNG and SVG, and `manifest.json`
with {manifest}. Columns are only ever added; the values are examples.

{written}
"""


def pages() -> dict[str, str]:
    """The page."""
    said = manifest("aslb thickness", {}, {})
    return {
        "files.md": PAGE.format(
            cell=_cell_sections(),
            study=_study_sections(),
            written="\n\n".join(_written(*one) for one in ANSWERS.items()),
            manifest=", ".join(f"`{key}`" for key in said),
        )
    }


def _cell_sections() -> str:
    parts = []
    for name, section in cell_schema()["properties"].items():
        heading = f"[{name}]"
        if isinstance(section.get("additionalProperties"), dict):  # tables by name
            heading, section = f"[{name}.NAME]", section["additionalProperties"]
        if "required" in section:  # others are written by commands, or are no table
            parts.append(_section(heading, section["properties"], section["required"]))
    return "\n\n".join(parts)


def _study_sections() -> str:
    schema = study_schema()
    said = dict(schema["properties"])
    varied = sorted(said.pop("vary")["properties"])
    parts = [_section("Top level", said, ())]
    for name, of in (("protocol", "ProtocolSection"), ("outputs", "OutputsSection")):
        parts.append(_section(f"[{name}]", schema["$defs"][of]["properties"], ()))
    names = ", ".join(f"`{name}`" for name in varied)
    return "\n\n".join(
        [*parts, f"### [vary]\n\nEvery number of a cell, among them {names}."]
    )


def _section(heading: str, fields: Mapping[str, Any], needed: Iterable[str]) -> str:
    rows = [
        (
            f"`{key}`",
            escaped(_accepted(of)),
            "needed" if key in needed else _default(of),
        )
        for key, of in fields.items()
    ]
    return f"### {heading}\n\n{table(('Key', 'Accepted', 'If left out'), rows)}"


def _accepted(field: Mapping[str, Any]) -> str:
    """What a key may be, in words."""
    if "description" in field:
        return str(field["description"])
    if words := field.get("enum") or field.get("items", {}).get("enum"):
        return ", ".join(map(str, words))
    if "examples" in field:
        return f"{', '.join(field['examples'])}, or one's own"
    kinds = [one.get("type", "") for one in field.get("anyOf", [field])]
    kind = " or ".join(kind for kind in kinds if kind != "null")
    of = field.get("items", {}).get("type")
    return f"{kind} of {of}" if of else kind


def _default(field: Mapping[str, Any]) -> str:
    default = field.get("default")
    if default in (None, "", []) or default != default or isinstance(default, dict):
        return ""
    return f"`{default}`"


def _written(command: str, ask: Callable[[], Any]) -> str:
    """Tables of a command: each column, what it is, and an example."""
    answer = ask()
    about = getattr(answer, "variables", {})
    parts = [f"### aslb {command}"]
    for name, of in report(answer).tables.items():
        rows = [
            (
                f"`{column}`",
                escaped(_what(column, about, name)),
                escaped(_short(of[column])),
            )
            for column in of
        ]
        parts.append(f"`{name}.csv`\n\n{table(('Column', 'What', 'As'), rows)}")
    return "\n\n".join(parts)


def _what(column: str, about: Mapping[str, Any], file: str) -> str:
    """The long name of the variable that a column is of, if it has one."""
    of = [name for name in map(str, about) if column.startswith(name)]
    # what a file is named after is nearer: loss_V of charge_losses.csv
    near = [name for name in map(str, about) if file.startswith(name)]
    of = [name for name in near if name.endswith(tuple(of))] or of if of else []
    return about[max(of, key=len)].attrs.get("long_name", "") if of else ""


def _short(values: Any) -> str:
    value = "" if values.empty else values.iloc[-1]
    return f"{value:.4g}" if isinstance(value, float) else str(value)

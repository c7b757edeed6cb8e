"""What a study file may say, as a JSON schema that editors complete by."""

from __future__ import annotations

from typing import Any

from aslb.experiments.c_rate import SPOKEN
from aslb.experiments.engine.outputs import ENERGIES, QUANTITIES
from aslb.experiments.protocols import C_RATE, HOLD_H
from aslb.experiments.study.checks import MESH
from aslb.experiments.study.names import STARTS
from aslb.experiments.study.points import METHODS, SCALES
from aslb.experiments.study.settings import StudyFile
from aslb.models.registry import MODELS
from aslb.parameters.cells.shipped import SHIPPED
from aslb.parameters.composition.entries import ENTRIES
from aslb.parameters.composition.masses import BOUNDARIES

NUMBER = {"type": "number"}
RATE = {"description": f"As {SPOKEN}", "type": ["number", "string"]}


def study_schema() -> dict[str, Any]:
    """Schema of study files.

    Returns
    -------
    dict
        JSON schema: that of pydantic, with the words that are accepted.
    """
    schema = StudyFile.model_json_schema()
    said = schema["properties"]
    protocol, outputs = (
        schema["$defs"][name]["properties"]
        for name in ("ProtocolSection", "OutputsSection")
    )
    for of, words in (
        (said["model"], MODELS),
        (said["method"], METHODS),
        (said["start"], STARTS),
        (protocol["name"], ("cccv", "rate_test")),
        (outputs["quantities"]["items"], (*QUANTITIES, *ENERGIES)),
        (outputs["boundaries"]["items"], BOUNDARIES),
    ):
        of["enum"] = [*words]
    said["var_pts"]["propertyNames"] = {"enum": [*MESH]}
    said["cells"]["items"]["examples"] = [*SHIPPED, "mine.toml"]
    protocol["c_rate"] = RATE
    block = {"type": "array", "prefixItems": [RATE, {"type": "integer"}]}
    protocol["rates"] = {"type": "array", "items": block}
    said["vary"] = {
        "description": "What varies, by any name that aslb sweep --names lists",
        "type": "object",
        "properties": {name: _axis(NUMBER) for name in (HOLD_H, *ENTRIES)}
        | {C_RATE: _axis(RATE)},
        "additionalProperties": _axis(NUMBER),
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _axis(value: dict[str, Any]) -> dict[str, Any]:
    """Values, or a range with a number of points."""
    ends = {"type": "array", "items": value, "minItems": 2, "maxItems": 2}
    return {
        "anyOf": [
            {"type": "array", "items": value, "minItems": 1},
            {
                "type": "object",
                "properties": {
                    **{scale: ends for scale in SCALES},
                    "points": {"type": "integer", "minimum": 2},
                },
                "additionalProperties": False,
            },
        ]
    }

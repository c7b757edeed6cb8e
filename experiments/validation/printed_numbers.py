"""The numbers that the reference paper prints."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def paper_numbers() -> dict[str, Any]:
    """Contents of ``parameters/cells/cao2021/printed.yaml``.

    Returns
    -------
    dict
        Numbers as printed in Cao et al., Adv. Mater. 2021, 2105505
        (doi:10.1002/adma.202105505), with the places where they are printed.
    """
    text = (files("aslb.parameters.cells.cao2021") / "printed.yaml").read_text("utf-8")
    return yaml.safe_load(text)

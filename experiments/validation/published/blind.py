"""Blind predictions of published cells, in a file that is only ever added to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pandas as pd

from aslb import __version__
from aslb.errors import InputError
from aslb.experiments.output.files import check_writable
from aslb.experiments.validation.published.predictions import DIGITS, Prediction

FILE = Path("predictions") / "blind.csv"
QUANTITY = "discharge_capacity_mAh_g"
COLUMNS = (
    "date",
    "version",
    "cell",
    "quantity",
    "c_rate",
    "median",
    "lower",
    "upper",
)


def rows(predictions: Iterable[Prediction], today: date) -> pd.DataFrame:
    """Rows of ``blind.csv``: a cell and rate each, capacities per gram [mAh/g]."""
    tables = []
    for one in predictions:
        table = one.bands().round(DIGITS)
        said = {
            "date": today.isoformat(),
            "version": __version__,
            "cell": one.name,
            "quantity": QUANTITY,
        }
        tables.append(table.assign(**said)[[*COLUMNS]])
    return pd.concat(tables, ignore_index=True)


def check(file: Path) -> None:
    """Refuse a file that holds no blind predictions, before anything is solved.

    Raises
    ------
    InputError
        If it is there and has other columns, or cannot be written.
    """
    check_writable(file.parent)
    if not file.exists():
        return
    head = file.read_text(encoding="utf-8").partition("\n")[0]
    if head != ",".join(COLUMNS):
        raise InputError(
            f"{file}: its first line is '{head}'; accepted: a new file, or one with "
            f"the columns {','.join(COLUMNS)}"
        )


def append(table: pd.DataFrame, file: Path) -> None:
    """Add rows at the end of a file; what is there stays as it is."""
    check(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    new = not file.exists()
    with file.open("a", encoding="utf-8", newline="") as stream:
        table.to_csv(stream, index=False, header=new, lineterminator="\n")

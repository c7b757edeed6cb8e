"""Finished searches in a file, so that the same calibration goes on where it was."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np


class Journal:
    """Searches from several starts, those of a file done already.

    Parameters
    ----------
    path : pathlib.Path or None
        The file, one line a search; None for none.
    identity : list
        What all searches have in common: a search of anything else is not taken for
        one of these.
    starts : numpy.ndarray
        Where each search starts.

    Attributes
    ----------
    missing : list of numpy.ndarray
        Starts of the searches that are not done.
    """

    def __init__(self, path: Path | None, identity: list[Any], starts: np.ndarray):
        self._path = path
        self._keys = [_key(identity, start) for start in starts]
        self._done: dict[str, dict[str, Any]] = {}
        if path is not None and path.exists():
            entries = map(json.loads, path.read_text().splitlines())
            known = {entry["key"]: entry for entry in entries}
            self._done = {key: known[key] for key in self._keys if key in known}
        self._open = [key for key in self._keys if key not in self._done]
        self.missing = [
            start
            for key, start in zip(self._keys, starts, strict=True)
            if key in self._open
        ]

    def add(self, index: int, entry: dict[str, Any]) -> None:
        """Write a search down.

        Parameters
        ----------
        index : int
            Its place in `missing`.
        entry : dict
            What it found, ready for JSON.
        """
        entry = {"key": self._open[index], **entry}
        self._done[entry["key"]] = entry
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a") as file:
                file.write(json.dumps(entry) + "\n")

    @property
    def entries(self) -> list[dict[str, Any]]:
        """All that is done, in the order of the starts."""
        return [self._done[key] for key in self._keys if key in self._done]


def _key(identity: list[Any], start: np.ndarray) -> str:
    text = json.dumps([*identity, np.round(start, 9).tolist()], default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return asdict(value)

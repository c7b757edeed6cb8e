"""What tells that a row of a store is the row that was written."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from struct import pack
from typing import Any

SIZE = 16  # bytes


def checksum(row: Iterable[Any]) -> bytes:
    """Digest of the values of a row, in their order.

    It is the same for what is given to SQLite and what SQLite gives back, where whole
    numbers may have become real ones, NaN is NULL and zero has no sign.

    Parameters
    ----------
    row : iterable of None, number, str or bytes
        The values.

    Returns
    -------
    bytes
        BLAKE2b, of `SIZE` bytes.
    """
    parts = []
    for value in row:
        if value is None or value != value:
            parts.append(b"-")
        elif isinstance(value, bytes):
            parts += (b"b%d:" % len(value), value)
        elif isinstance(value, str):
            text = value.encode()
            parts += (b"t%d:" % len(text), text)
        else:
            parts += (b"n", pack("<d", value + 0.0))
    return blake2b(b"".join(parts), digest_size=SIZE).digest()

"""What somebody may have meant who wrote a name that there is not."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(name: str, accepted: Iterable[str], cutoff: float = 0.5) -> str:
    """The names that come closest, for messages, as "the nearest: 'a' or 'b'; ".

    Parameters
    ----------
    name : str
        What was written.
    accepted : iterable of str
        Names that there are.
    cutoff : float, optional
        How alike two names are at least, from 0 to 1.

    Returns
    -------
    str
        At most three names; nothing if none comes close.
    """
    known = [*dict.fromkeys(accepted)]
    near = difflib.get_close_matches(name, known, n=3, cutoff=cutoff)
    return f"the nearest: {' or '.join(map(repr, near))}; " if near else ""

"""Work that other processes can import, some of which kills them."""

import os
import signal
from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """A division, or the death of who does it."""

    id: int
    numbers: tuple = (7, 2)


def divided(shared, items):
    """Number, quotient and remainder of each item."""
    for item in items:
        if not item.numbers:
            os.kill(os.getpid(), signal.SIGKILL)
    return [(item.id, *divmod(*item.numbers)) for item in items]

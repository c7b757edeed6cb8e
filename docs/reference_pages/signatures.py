"""Defaults of functions as a person would write them: few digits, few numbers."""

from __future__ import annotations

import re

MOST = 8  # numbers of a tuple that are all shown


def readable(signature: str) -> str:
    """A signature with its defaults made short.

    Parameters
    ----------
    signature : str
        As Sphinx has it, with every default as Python prints it.

    Returns
    -------
    str
        Numbers with three digits, long tuples by their ends, paths and functions by
        what they are called.

    Examples
    --------
    >>> readable("(x=(np.float64(1.23456789e-05), 0.3333333333), to=PosixPath('.'))")
    "(x=(1.23e-05, 0.333), to='.')"
    """
    signature = re.sub(r"np\.float64\(([^()]+)\)", r"\1", signature)
    signature = re.sub(r"PosixPath\(('[^']*')\)", r"\1", signature)
    signature = re.sub(r"<function (\w+)[^>]*>", r"\1", signature)
    signature = re.sub(
        r"\d+\.\d{4,}(e[-+]?\d+)?", lambda found: f"{float(found[0]):.3g}", signature
    )
    return re.sub(r"\(([-+.\de, ]+)\)", _ends, signature)


def _ends(found: re.Match[str]) -> str:
    """A tuple of numbers, of a long one its first two and its last."""
    numbers = found[1].split(", ")
    if len(numbers) <= MOST:
        return found[0]
    return f"({', '.join(numbers[:2])}, …, {numbers[-1]})"

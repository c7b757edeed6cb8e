"""What can be wrong with what a user asks for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class InputError(ValueError):
    """A request that cannot be carried out, said in one line, or a line a mistake."""

    def within(self, where: str) -> InputError:
        """The same, each mistake with what it is in before it."""
        return InputError("\n".join(f"{where}: {line}" for line in self.lines))

    @property
    def lines(self) -> list[str]:
        """What is wrong, a line each."""
        return str(self).split("\n")


@contextmanager
def about(what: str) -> Iterator[None]:
    """Begin what is said of a mistake with what it is in."""
    try:
        yield
    except InputError as error:
        raise error.within(what) from None


class Mistakes:
    """What is wrong with a request, collected to be told at once."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    @contextmanager
    def kept(self, where: str = "") -> Iterator[None]:
        """Keep an `InputError` for later, with what it is in before it."""
        try:
            yield
        except InputError as error:
            self.lines += (error.within(where) if where else error).lines

    def tell(self) -> None:
        """Raise an `InputError` of all that is wrong, if anything is."""
        if self.lines:
            raise InputError("\n".join(dict.fromkeys(self.lines)))

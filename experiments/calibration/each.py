"""One function for many items, handed out to processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Any, NamedTuple

from tqdm import tqdm

from aslb.experiments.engine.execute import hand_out


class Failure(NamedTuple):
    """Why there is no result."""

    reason: str


class _Item(NamedTuple):
    id: int
    argument: Any


def each(
    function: Callable[..., Any],
    common: tuple[Any, ...],
    items: Sequence[Any],
    *,
    description: str,
    keep: Callable[[int, Any], None] = lambda index, result: None,
    executor: Executor | None = None,
) -> list[Any]:
    """Call a function with what is common and each item, in many processes.

    `keep` is called with the index of an item and its result, as results come. They
    are returned in order; where the function raised, there is a `Failure`.
    """
    results: list[Any] = [None] * len(items)
    with tqdm(desc=description, total=len(items), disable=None) as bar:

        def save(answers: Sequence[tuple[int, Any]]) -> None:
            for index, result in answers:
                results[index] = result
                keep(index, result)
                bar.update()

        chunks = (([function, common], [_Item(*item)]) for item in enumerate(items))
        hand_out(_call, chunks, save, _lost, executor)
    return results


def _call(shared: Any, items: Sequence[_Item]) -> list[tuple[int, Any]]:
    function, common = shared
    answers: list[tuple[int, Any]] = []
    for index, argument in items:
        try:
            answers.append((index, function(*common, argument)))
        except Exception as error:  # whatever it is, the others go on
            reason = f"{type(error).__name__}: {error}".splitlines()[0]
            answers.append((index, Failure(reason)))
    return answers


def _lost(item: _Item, reason: str) -> tuple[int, Failure]:
    return item.id, Failure(reason)

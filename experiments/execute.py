"""Independent tasks on an executor, with progress and nothing lost."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, as_completed
from typing import Any

from loky import get_reusable_executor
from tqdm import tqdm

from aslb.experiments.simulate import RunResult


def execute(
    function: Callable[..., RunResult],
    tasks: Sequence[tuple[Any, ...]],
    *,
    executor: Executor | None = None,
    description: str = "",
) -> Iterator[tuple[int, RunResult]]:
    """Run a function on every task, yielding results as they come.

    Parameters
    ----------
    function : callable
        Called with the items of a task.
    tasks : sequence of tuple
        The tasks.
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.
    description : str, optional
        Label of the progress bar, shown on a terminal only.

    Yields
    ------
    int, RunResult
        Index of the task, and its result. An interruption by the keyboard stops the
        remaining tasks, which are yielded as failures.
    """
    # loky's processes need no `if __name__ == "__main__"` in the user's script, and
    # live on between calls, so that nothing is built twice
    local = None
    if executor is None:
        processes = min(os.cpu_count() or 1, len(tasks))
        executor = local = get_reusable_executor(max_workers=processes, timeout=300)
    futures = {
        executor.submit(function, *task): index for index, task in enumerate(tasks)
    }
    pending = set(futures.values())
    try:
        for future in tqdm(
            as_completed(futures), desc=description, total=len(futures), disable=None
        ):
            index = futures[future]
            try:
                result = future.result()
            except Exception as error:  # a lost worker is a failed point, not the end
                result = RunResult(failure=f"{type(error).__name__}: {error}")
            pending.discard(index)
            yield index, result
    except KeyboardInterrupt:
        for future in futures:
            future.cancel()
        if local is not None:
            local.shutdown(wait=False, kill_workers=True)
        for index in sorted(pending):
            yield index, RunResult(failure="interrupted")

"""Independent tasks on an executor, with progress and nothing lost."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, as_completed
from typing import Any, TypeVar

from loky import get_reusable_executor
from tqdm import tqdm

T = TypeVar("T")


def execute(
    function: Callable[..., T],
    tasks: Sequence[tuple[Any, ...]],
    collect: Callable[[int, T | None, str], None],
    *,
    executor: Executor | None = None,
    description: str = "",
) -> bool:
    """Run a function on every task and collect results as they come.

    Parameters
    ----------
    function : callable
        Called with the items of a task.
    tasks : sequence of tuple
        The tasks.
    collect : callable
        Called with the index of a task, its result and, where there is none, the
        reason why.
    executor : concurrent.futures.Executor, optional
        Where to run. By default local processes, one for each core.
    description : str, optional
        Label of the progress bar, shown on a terminal only.

    Returns
    -------
    bool
        Whether all tasks were run. After an interruption by the keyboard what is left
        is collected without a result, and nothing that was collected is lost.
    """
    # loky's processes need no `if __name__ == "__main__"` in the user's script, and
    # live on between calls, so that nothing is built twice
    if not tasks:
        return True
    local = None
    if executor is None:
        processes = min(os.cpu_count() or 1, len(tasks))
        executor = local = get_reusable_executor(max_workers=processes, timeout=300)
        # a worker that has grown is replaced between tasks, at no loss
        warnings.filterwarnings("ignore", message="A worker was restarted")
    futures = {
        executor.submit(function, *task): index for index, task in enumerate(tasks)
    }
    pending = set(futures.values())
    try:
        for future in tqdm(
            as_completed(futures), desc=description, total=len(futures), disable=None
        ):
            index = futures[future]
            error = future.exception()
            if error is None:
                collect(index, future.result(), "")
            else:  # a lost worker is a failed point, not the end of the study
                collect(index, None, f"{type(error).__name__}: {error}".splitlines()[0])
            pending.discard(index)
    except KeyboardInterrupt:
        for future in futures:
            future.cancel()
        if local is not None:
            local.shutdown(wait=False, kill_workers=True)
        for index in sorted(pending):
            collect(index, None, "interrupted")
        return False
    return True

"""Independent tasks on an executor, and what is left of the process afterwards."""

import warnings

import pytest
from in_process import InProcess

from aslb.experiments.engine.execute import execute


def collected(function, tasks, executor):
    found = {}
    done = execute(
        function,
        tasks,
        lambda index, result, failure: found.update({index: (result, failure)}),
        executor=executor,
    )
    assert done
    return found


@pytest.mark.parametrize("executor", [InProcess(), None])
def test_every_task_is_collected_with_its_number(executor):
    found = collected(divmod, [(7, 2), (1, 0), (9, 3)], executor)
    assert found[0] == ((3, 1), "")
    assert found[2] == ((3, 0), "")
    result, failure = found[1]
    assert result is None
    assert failure.startswith("ZeroDivisionError: ")
    assert "\n" not in failure


def test_nothing_to_do_is_done():
    assert collected(divmod, [], None) == {}


@pytest.mark.xfail(
    strict=True,
    raises=AssertionError,
    reason="a filter is added for the whole process, and stays",
)
def test_warning_filters_are_left_as_they_were():
    before = list(warnings.filters)
    collected(divmod, [(7, 2)], None)
    assert warnings.filters == before

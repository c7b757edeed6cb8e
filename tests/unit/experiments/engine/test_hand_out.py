"""Chunks of work on an executor, what is lost, and what is left of the process."""

import time
import warnings
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor

import pytest
from in_process import InProcess
from work import Item, divided

from aslb.experiments.engine.execute import LOST_WORKERS, hand_out


def lost(item, reason):
    return item.id, reason


def collected(chunks, executor=None, function=divided):
    found = []
    hand_out(function, iter(chunks), found.extend, lost, executor)
    return sorted(found)


CHUNKS = [("", [Item(1), Item(2, (9, 3))]), ("", [Item(3, (1, 0)), Item(4)])]


@pytest.mark.parametrize("executor", [InProcess(), None])
def test_every_item_is_collected_and_one_that_fails_is_given_up_alone(executor):
    found = collected(CHUNKS, executor)
    assert found[0] == (1, 3, 1)
    assert found[1] == (2, 3, 0)
    assert found[3] == (4, 3, 1)
    number, failure = found[2]
    assert number == 3
    assert failure.startswith("worker lost: ZeroDivisionError: ")
    assert "\n" not in failure


def test_nothing_to_do_is_done():
    assert collected([]) == []


def test_warning_filters_are_left_as_they_were():
    before = list(warnings.filters)
    collected(CHUNKS[:1])
    assert warnings.filters == before


def test_none_waits_for_what_is_running():
    seen = []

    def chunks():
        yield "", [Item(1)]
        while not seen:
            yield None
        yield "", [Item(2)]

    found = []

    def save(results):
        seen.extend(results)
        found.extend(results)

    hand_out(divided, chunks(), save, None, InProcess())
    assert [number for number, *_ in found] == [1, 2]


def test_none_with_nothing_running_is_the_end():
    assert collected([None, *CHUNKS], InProcess()) == []


def slowly(shared, items):
    time.sleep(0.2)
    return divided(shared, items)


def test_what_threads_are_at_is_kept_at_an_interruption():
    def chunks():
        yield CHUNKS[0]
        raise KeyboardInterrupt

    found = []
    with ThreadPoolExecutor(1) as threads, pytest.raises(KeyboardInterrupt):
        hand_out(slowly, chunks(), found.extend, lost, threads)
    assert sorted(found) == [(1, 3, 1), (2, 3, 0)]


class Broken(InProcess):
    def submit(self, function, /, *args):
        future = Future()
        future.set_exception(BrokenExecutor("gone"))
        return future


def test_an_executor_of_the_user_that_breaks_is_his_to_mend():
    with pytest.raises(BrokenExecutor, match="gone"):
        collected(CHUNKS, Broken())


class Idle(InProcess):
    """Breaks where it is given work, as after the death of a worker without any."""

    def submit(self, function, /, *args):
        raise BrokenExecutor("gone")


def test_a_worker_that_dies_idle_costs_nothing(monkeypatch):
    pools = iter([Idle(), InProcess()])
    started = "aslb.experiments.engine.local_workers.get_reusable_executor"
    monkeypatch.setattr(started, lambda **_: next(pools))
    assert len(collected(CHUNKS[:1])) == 2


class Pool(InProcess):
    """A pool that dies of some items, with all that runs, as loky's does."""

    _max_workers = 2
    running: list = []  # noqa: RUF012
    log: list = []  # noqa: RUF012

    def submit(self, function, /, shared, items):
        future = Future()
        self.running.append((future, function, shared, items))
        self.log.append([item.id for item in items])
        return future


def settle(futures, return_when=None):
    """Everything that runs comes to its end, or dies with a killer."""
    dead = any(not item.numbers for *_, items in Pool.running for item in items)
    for future, function, shared, items in Pool.running:
        if dead:
            future.set_exception(BrokenExecutor("a worker died"))
        else:
            future.set_result(function(shared, items))
    Pool.running.clear()
    return {future for future in futures if future.done()}, set()


@pytest.mark.parametrize("killers", [{5}, {1, 2, 9}, {0, 11}, set(range(12))])
def test_only_those_that_kill_are_given_up(killers, monkeypatch):
    monkeypatch.setattr(
        "aslb.experiments.engine.local_workers.get_reusable_executor",
        lambda **_: Pool(),
    )
    monkeypatch.setattr("aslb.experiments.engine.execute.wait", settle)
    Pool.log.clear()
    items = [Item(k, () if k in killers else (7, 2)) for k in range(12)]
    chunks = [("", items[k : k + 2]) for k in range(0, 12, 2)]
    found = collected(chunks)
    assert [number for number, *_ in found] == list(range(12))
    assert {number for number, *rest in found if len(rest) == 1} == killers
    # each of them had a second chance, and ran alone in it
    assert all(Pool.log.count([number]) >= 1 for number in killers)


def test_one_that_kills_is_given_up_after_two_workers(monkeypatch):
    monkeypatch.setattr("aslb.experiments.engine.execute.local_workers", lambda: Pool())
    monkeypatch.setattr("aslb.experiments.engine.execute.wait", settle)
    Pool.log.clear()
    found = collected([("", [Item(1, ())]), ("", [Item(2)])])
    assert [number for number, *_ in found] == [1, 2]
    # once beside another, and once alone, so that it is to blame
    assert [ids for ids in Pool.log if 1 in ids] == [[1], [1]]


def test_one_that_fails_is_tried_twice():
    tried = []

    def failing(shared, items):
        tried.extend(items)
        raise OSError("no")

    assert collected([("", [Item(1)])], InProcess(), failing) == [
        (1, "worker lost: OSError: no")
    ]
    assert len(tried) == LOST_WORKERS == 2

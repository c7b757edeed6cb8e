"""Local processes that are killed by what they work on."""

from loky import get_reusable_executor
from work import Item, divided

from aslb.experiments.engine.execute import hand_out


def test_what_kills_its_worker_is_given_up_and_all_else_is_solved():
    killers = {2, 9}
    items = [Item(k, () if k in killers else (7, 2)) for k in range(16)]
    chunks = (("", items[k : k + 2]) for k in range(0, 16, 2))
    found = []
    hand_out(divided, chunks, found.extend, lambda item, reason: (item.id, reason))
    assert sorted(number for number, *_ in found) == list(range(16))
    lost = {number: rest[0] for number, *rest in found if len(rest) == 1}
    assert lost.keys() == killers
    assert lost[2].startswith("worker lost: TerminatedWorkerError: ")
    # and there are processes for whoever comes next
    assert get_reusable_executor().submit(abs, -1).result() == 1

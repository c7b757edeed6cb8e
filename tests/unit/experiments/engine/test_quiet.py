"""PyBaMM is silent where it is told to be, and in no other thread."""

import logging
import threading

import pybamm
import pytest

from aslb.experiments.engine.quiet import quiet


@pytest.fixture
def said():
    """Messages of PyBaMM's log."""
    messages = []

    class Handler(logging.Handler):
        def emit(self, record):
            messages.append(record.getMessage())

    handler = Handler()
    pybamm.logger.addHandler(handler)
    yield messages
    pybamm.logger.removeHandler(handler)


def test_it_is_silent_inside_and_as_before_outside(said):
    level = pybamm.logger.level
    with quiet():
        assert pybamm.logger.level == level
        pybamm.logger.error("inside")
        with quiet():
            pass
        pybamm.logger.error("still inside")
    pybamm.logger.error("outside")
    assert said == ["outside"]


def test_an_error_ends_it(said):
    with pytest.raises(ZeroDivisionError), quiet():
        raise ZeroDivisionError
    pybamm.logger.error("outside")
    assert said == ["outside"]


def test_other_threads_are_heard(said):
    with quiet():
        other = threading.Thread(target=pybamm.logger.error, args=["another thread"])
        other.start()
        other.join()
    assert said == ["another thread"]


def test_a_filter_is_added_once():
    for _ in range(3):
        with quiet():
            pass
    kinds = [type(found).__module__ for found in pybamm.logger.filters]
    assert kinds.count("aslb.experiments.engine.quiet") == 1

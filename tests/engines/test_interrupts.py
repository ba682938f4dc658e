"""Ctrl-C comes through where it does no harm, and only there."""

from __future__ import annotations

import signal
import threading
from concurrent.futures import Future

import pytest

from countermark.engines.interrupts import Interrupts


def test_an_interrupt_at_work_waits_for_the_next_item():
    got = []
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), Interrupts() as interrupts:  # noqa: PT012 - the order counts
        for item in interrupts.each([1, 2, 3]):
            signal.raise_signal(signal.SIGINT)
            got.append(item)
    assert got == [1]
    assert signal.getsignal(signal.SIGINT) is before


def test_an_interrupt_while_waiting_for_an_item_comes_at_once():
    def items():
        yield 1
        signal.raise_signal(signal.SIGINT)
        yield 2

    got = []
    with pytest.raises(KeyboardInterrupt), Interrupts() as interrupts:
        got.extend(interrupts.each(items()))
    assert got == [1]


def test_an_interrupt_ends_the_waiting_for_a_result():
    never = Future()
    with pytest.raises(KeyboardInterrupt), Interrupts() as interrupts:  # noqa: PT012 - the order counts
        signal.raise_signal(signal.SIGINT)
        interrupts.result(never)


def test_results_and_failures_pass_through():
    good, bad = Future(), Future()
    good.set_result(7)
    bad.set_exception(ValueError("broken"))
    with Interrupts() as interrupts:
        assert interrupts.result(good) == 7
        with pytest.raises(ValueError, match="broken"):
            interrupts.result(bad)
        assert list(interrupts.each("ab")) == ["a", "b"]


def test_another_thread_leaves_the_handler_alone():
    before, seen = signal.getsignal(signal.SIGINT), []

    def work():
        with Interrupts() as interrupts:
            seen.append(signal.getsignal(signal.SIGINT))
            seen.extend(interrupts.each([1]))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [before, 1]

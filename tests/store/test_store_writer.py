"""The writer's thread: order, replacing, honest acknowledgements, and an end without loss."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from consult_app.store.faults import StoreClosedError, StoreError
from consult_app.store.interface import Document
from consult_app.store.memory import MemoryStore
from consult_app.store.repositories import open_store
from consult_app.store.writer import Writer

AT = datetime(2027, 9, 6, 9, 15, tzinfo=UTC)


class Clock:
    """Moves on by a second whenever it is asked."""

    def __init__(self) -> None:
        self.now = AT

    def __call__(self) -> datetime:
        """Return the next second."""
        self.now += timedelta(seconds=1)
        return self.now


class Desk:
    """A writer, and notes of what it did."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.did: list[str] = []
        self.gate = threading.Event()
        self.begun = threading.Event()

    def work(self, name: str) -> Callable[[], str]:
        """Return work that notes its name and returns it."""

        def do() -> str:
            self.did.append(name)
            return name

        return do

    def hold_up(self) -> None:
        """Keep the thread busy until the gate opens."""

        def do() -> None:
            self.begun.set()
            self.gate.wait()

        self.writer.submit(do)
        self.begun.wait()


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk(Writer(Clock()))
    yield desk
    desk.gate.set()
    desk.writer.close()


def _fail(error: BaseException) -> Callable[[], None]:
    def do() -> None:
        raise error

    return do


def test_work_is_done_in_order_on_another_thread(desk: Desk) -> None:
    threads: list[str] = []
    desk.writer.submit(lambda: threads.append(threading.current_thread().name))
    futures = [desk.writer.submit(desk.work(str(n))) for n in range(20)]
    assert [future.result() for future in futures] == [str(n) for n in range(20)]
    assert desk.did == [str(n) for n in range(20)]
    assert threads[0] != threading.current_thread().name


def test_submitting_does_not_wait_for_the_work(desk: Desk) -> None:
    desk.hold_up()
    future = desk.writer.submit(desk.work("a"))
    assert not future.done()
    desk.gate.set()
    assert future.result() == "a"


def test_of_many_drafts_only_the_last_is_written(desk: Desk) -> None:
    desk.hold_up()
    for n in range(50):
        last = desk.writer.submit(desk.work(f"one {n}"), key="one")
        desk.writer.submit(desk.work(f"two {n}"), key="two")
    desk.gate.set()
    assert last.result() == "one 49"
    desk.writer.flush()
    assert desk.did == ["one 49", "two 49"]


def test_a_replaced_draft_counts_as_saved_once_its_replacement_is(desk: Desk) -> None:
    told: list[tuple[str, datetime]] = []

    def submit(name: str) -> None:
        desk.writer.submit(desk.work(name), key="draft", done=lambda at: told.append((name, at)))

    desk.hold_up()
    submit("old")
    submit("new")
    assert told == []
    desk.gate.set()
    desk.writer.flush()
    assert desk.did == ["new"]
    assert [name for name, _ in told] == ["old", "new"]
    assert told[0][1] == told[1][1]


def test_nothing_slips_in_front_of_work_that_cannot_be_replaced(desk: Desk) -> None:
    desk.hold_up()
    desk.writer.submit(desk.work("draft 1"), key="draft")
    desk.writer.submit(desk.work("sign"))
    desk.writer.submit(desk.work("draft 2"), key="draft")
    desk.writer.submit(desk.work("draft 3"), key="draft")
    desk.gate.set()
    desk.writer.flush()
    assert desk.did == ["draft 1", "sign", "draft 3"]


def test_work_that_has_begun_is_not_replaced(desk: Desk) -> None:
    begun, gate = threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        gate.wait()
        desk.did.append("first")

    desk.writer.submit(slow, key="draft")
    begun.wait()
    desk.writer.submit(desk.work("second"), key="draft")
    gate.set()
    desk.writer.flush()
    assert desk.did == ["first", "second"]


def test_saved_is_said_after_the_work_with_the_time_of_its_end(desk: Desk) -> None:
    desk.hold_up()
    order: list[object] = []
    desk.writer.submit(lambda: order.append("work"), done=order.append)
    desk.gate.set()
    desk.writer.flush()
    assert order == ["work", AT + timedelta(seconds=2)]


def test_a_failure_is_told_and_the_next_work_goes_on(desk: Desk) -> None:
    failures: list[BaseException] = []
    done: list[datetime] = []
    error = StoreError("title", "advice")
    future = desk.writer.submit(_fail(error), done=done.append, failed=failures.append)
    assert future.exception() is error
    assert desk.writer.submit(desk.work("next")).result() == "next"
    assert failures == [error]
    assert done == []


def test_a_mistake_in_the_program_is_told_too(desk: Desk) -> None:
    failures: list[BaseException] = []
    error = ZeroDivisionError()
    desk.hold_up()
    desk.writer.submit(_fail(error), failed=failures.append)
    desk.gate.set()
    with pytest.raises(ZeroDivisionError):
        desk.writer.flush()
    assert failures == [error]
    assert desk.writer.submit(desk.work("next")).result() == "next"


def test_nobody_can_cancel_a_save(desk: Desk) -> None:
    desk.hold_up()
    future = desk.writer.submit(desk.work("a"))
    assert not future.cancel()
    desk.gate.set()
    assert future.result() == "a"


def test_flushing_waits_and_may_give_up_waiting(desk: Desk) -> None:
    desk.hold_up()
    desk.writer.submit(desk.work("a"))
    with pytest.raises(StoreError) as caught:
        desk.writer.flush(timeout=0.01)
    assert "slow" in caught.value.title
    desk.gate.set()
    desk.writer.flush()
    assert desk.did == ["a"]
    desk.writer.flush()


def test_flushing_tells_what_could_not_be_saved(desk: Desk) -> None:
    desk.hold_up()
    desk.writer.submit(_fail(StoreError("full")))
    desk.writer.submit(desk.work("a"))
    desk.gate.set()
    with pytest.raises(StoreError, match="full"):
        desk.writer.flush()
    assert desk.did == ["a"]


def test_a_failure_that_flushing_told_is_not_told_again_by_closing() -> None:
    """Also while the writer's thread is still busy telling it."""
    desk = Desk(Writer(Clock()))
    told = threading.Event()

    def tell(_: BaseException) -> None:
        told.set()
        desk.gate.wait()

    desk.writer.submit(_fail(StoreError("full")), failed=tell)
    told.wait()
    with pytest.raises(StoreError, match="full"):
        desk.writer.flush()
    try:
        desk.writer.flush()
    finally:
        desk.gate.set()
    desk.writer.close()


def test_closing_does_all_work_and_takes_no_more() -> None:
    desk = Desk(Writer(Clock()))
    for n in range(30):
        desk.writer.submit(desk.work(str(n)))
    desk.writer.close()
    assert len(desk.did) == 30
    with pytest.raises(StoreClosedError):
        desk.writer.submit(desk.work("late"))
    desk.writer.close()


def test_a_callback_may_submit_more_work(desk: Desk) -> None:
    done = threading.Event()

    def go_on(_at: datetime) -> None:
        desk.writer.submit(desk.work("more"), done=lambda _at: done.set())

    desk.writer.submit(desk.work("first"), done=go_on)
    assert done.wait(timeout=60)
    assert desk.did == ["first", "more"]


def test_drafts_saved_by_the_writer_are_on_the_disk_after_closing(tmp_path: Path) -> None:
    store, writer = open_store(tmp_path), Writer(Clock())
    for n in range(100):
        save = partial(store.drafts.save, f"d{n % 3}", {"n": n}, AT)
        writer.submit(save, key=f"d{n % 3}")
        store.drafts.list()
    writer.close()
    store.close()
    with open_store(tmp_path) as again:
        assert {again.drafts.get(f"d{n}")["n"] for n in range(3)} == {97, 98, 99}


def test_reading_goes_on_while_the_disk_is_slow(tmp_path: Path) -> None:
    """The window reads on its own thread while a transaction is open on the writer's."""
    writer = Writer(Clock())
    begun, gate = threading.Event(), threading.Event()
    with open_store(tmp_path) as store:
        store.drafts.save("one", {"n": 1}, AT)
        assert len(store.drafts.list()) == 1

        def save_slowly() -> None:
            original = store.patients.put

            def put(record_id: str, document: Document, at: datetime, *others: str) -> None:
                original(record_id, document, at, *others)
                begun.set()
                gate.wait()

            store.patients.put = put  # type: ignore[method-assign]  # a slow disk
            store.save_signed({"id": "one"}, {"id": "p"}, {}, AT)

        future = writer.submit(save_slowly)
        begun.wait()
        assert store.drafts.get("one")["n"] == 1
        assert len(store.drafts.list()) == 1
        assert list(store.consultations.list()) == []
        assert not future.done()
        gate.set()
        writer.close()
        assert list(store.drafts.list()) == []
        assert len(store.consultations.list()) == 1


def test_the_writer_serves_any_store() -> None:
    store, writer = MemoryStore(), Writer(Clock())
    writer.submit(lambda: store.attachments.put("sheet", b"sheet")).result()
    assert store.attachments.get("sheet") == b"sheet"
    writer.close()

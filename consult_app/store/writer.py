"""Saving beside the window: one thread writes, nobody waits for the disk.

What is said to be saved is durable: callbacks run after the commit, with the time it was done.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, TypeVar, cast

from consult_app.store.faults import StoreClosedError, StoreError
from consult_app.store.ids import Clock
from consult_app.wording import t

T = TypeVar("T")

Done = Callable[[datetime], None]
Failed = Callable[[BaseException], None]


@dataclass(slots=True)
class _Job:
    """What waits to be done; `work` is replaced when newer work of the same key comes."""

    work: Callable[[], Any]
    key: str | None
    future: Future[Any] = field(default_factory=Future)
    saved_at: datetime | None = None


class Writer:
    """Does work in the order it was submitted, on a thread of its own.

    Callbacks may submit more work, but must neither flush nor close: they would wait for
    themselves.

    Args:
        clock: Tells when something was saved.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="record-writer")
        self._replaceable: dict[str, _Job] = {}
        self._unfinished: dict[Future[Any], None] = {}
        self._closed = False

    def submit(
        self,
        work: Callable[[], T],
        *,
        key: str | None = None,
        done: Done | None = None,
        failed: Failed | None = None,
    ) -> Future[T]:
        """Have something written, soon.

        Args:
            work: Writes; its changes are durable when it returns. It must hold values that
                nobody changes any more.
            key: Work that has not begun is replaced by newer work of the same key, in its
                place, so of many drafts only the last is written. Work without a key is never
                replaced, nor overtaken by keyed work submitted after it.
            done: Called on the writer's thread after the commit, with the time. Also for work
                that was replaced, as soon as its replacement is durable.
            failed: Called on the writer's thread with the error if nothing was saved.

        Returns:
            What the work will return. It cannot be cancelled.

        Raises:
            StoreClosedError: The writer is closed.
        """
        with self._lock:
            if self._closed:
                raise StoreClosedError(
                    t("The records are being closed, so this change was not taken."),
                    t("Open the record again and repeat the last change."),
                )
            job = self._replaceable.get(key) if key is not None else None
            if job is None:
                job = self._queue(work, key)
            else:
                job.work = work
            _report(job, done, failed)
        return cast("Future[T]", job.future)

    def flush(self, timeout: float | None = None) -> None:
        """Wait until everything submitted so far is durable.

        Args:
            timeout: Seconds to wait at most; None waits as long as it takes.

        Raises:
            StoreError: It took too long; the writing goes on.
            BaseException: What kept the first of the awaited work from being saved.
        """
        with self._lock:
            awaited = tuple(self._unfinished)
        finished = wait(awaited, timeout)
        if finished.not_done:
            raise StoreError(
                t("The disk is slow; some changes are not saved yet."),
                t("Keep the program open. It goes on saving and says when it is done."),
            )
        with self._lock:
            for future in awaited:
                # An outcome is given once, here; the writer's thread may not have come to it yet.
                self._unfinished.pop(future, None)
        for future in awaited:
            future.result()

    def close(self) -> None:
        """Take no more work, wait until all of it is durable, and end the thread.

        Raises:
            BaseException: What kept the first of the remaining work from being saved.
        """
        with self._lock:
            self._closed = True
        try:
            self.flush()
        finally:
            self._thread.shutdown()

    def _queue(self, work: Callable[[], Any], key: str | None) -> _Job:
        job = _Job(work, key)
        # From here on it counts as running, so nobody can cancel somebody else's save.
        job.future.set_running_or_notify_cancel()
        if key is None:
            # Nothing submitted later may slip in front of this.
            self._replaceable.clear()
        else:
            self._replaceable[key] = job
        self._unfinished[job.future] = None
        # The lock is held, so the work cannot end before this is in place.
        self._thread.submit(self._perform, job).add_done_callback(partial(self._settle, job))
        return job

    def _perform(self, job: _Job) -> Any:  # noqa: ANN401  # whatever the work returns
        with self._lock:
            work = job.work
            if job.key is not None and self._replaceable.get(job.key) is job:
                del self._replaceable[job.key]
        result = work()
        job.saved_at = self._clock()
        return result

    def _settle(self, job: _Job, performed: Future[Any]) -> None:
        """Pass on the outcome. The executor caught the error, whatever it was."""
        error = performed.exception()
        if error is None:
            job.future.set_result(performed.result())
        else:
            job.future.set_exception(error)
        with self._lock:
            self._unfinished.pop(job.future, None)


def _report(job: _Job, done: Done | None, failed: Failed | None) -> None:
    def tell(future: Future[Any]) -> None:
        error = future.exception()
        if error is not None:
            if failed is not None:
                failed(error)
        elif done is not None and job.saved_at is not None:
            done(job.saved_at)

    job.future.add_done_callback(tell)

"""Pages become pictures in one thread at a time, whoever asks: the preview, the printer, a size."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from io import BytesIO
from threading import Barrier, BrokenBarrierError, Lock

import pypdfium2
import pytest

from consult_app.gui.handout import rendering
from consult_app.gui.handout.rendering import measure_paper, render_pages

PATIENCE = 0.3
"""How long a thread waits in a document for the other, in seconds."""


class Meeting:
    """A document without pages that notes whether two were ever open at once."""

    met = False
    barrier: Barrier

    def __init__(self, _pdf: bytes) -> None:
        try:
            self.barrier.wait()
            Meeting.met = True
        except BrokenBarrierError:
            self.barrier.reset()

    def __enter__(self) -> list[object]:
        return []

    def __exit__(self, *_: object) -> None:
        pass


@pytest.fixture
def do_meet(monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """Render in two threads and tell whether both were in a document at once."""
    monkeypatch.setattr(pypdfium2, "PdfDocument", Meeting)
    monkeypatch.setattr(Meeting, "met", False)
    monkeypatch.setattr(Meeting, "barrier", Barrier(2, timeout=PATIENCE), raising=False)

    def render() -> bool:
        with ThreadPoolExecutor(2) as workers:
            for asked in [workers.submit(render_pages, b"", 30) for _ in range(2)]:
                assert asked.result() == []
        return Meeting.met

    return render


def test_two_documents_are_never_open_at_once(do_meet: Callable[[], bool]) -> None:
    assert not do_meet()


def test_without_the_lock_they_would_be(
    do_meet: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "_one_at_a_time", nullcontext())

    assert do_meet()


def test_a_size_waits_its_turn_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    held = Lock()
    monkeypatch.setattr(rendering, "_one_at_a_time", held)
    held.acquire()
    with ThreadPoolExecutor(1) as workers:
        asked = workers.submit(measure_paper, _one_page())
        with pytest.raises(TimeoutError):
            asked.result(PATIENCE)
        held.release()

        assert asked.result().toTuple() == (200, 300)


def _one_page() -> bytes:
    document, target = pypdfium2.PdfDocument.new(), BytesIO()
    document.new_page(200, 300)
    document.save(target)
    document.close()
    return target.getvalue()

"""What was told stands over a whole course: no visit, list or sheet says less than was told."""

from __future__ import annotations

from random import Random

import pytest
from pytestqt.qtbot import QtBot

from consult_app.gui.main_window import MainWindow
from consult_app.gui.workspace.earlier import recall_last
from consult_app.gui.workspace.obstacles import list_obstacles
from consult_app.gui.workspace.open_visit import find_judge
from tests.gui.conftest import Clock
from tests.gui.coursing import Course
from tests.gui.remembering import ask_alone, ask_together
from tests.gui.test_told_stands import stands_in
from tests.gui.touring import workspace_of

TREATING = {"consultation", "treatment"}
REFUSED = {"absolute", "change_plan", "could_not_check", "not_checked", "checking"}
VISITS = (3, 4, 5, 6)


class Walk:
    """A course, looked at after every step."""

    def __init__(self, window: MainWindow, clock: Clock, qtbot: QtBot, seed: int) -> None:
        self._window, self._seed = window, seed
        self._chance = Random(seed)  # noqa: S311 - it has to come again
        self.course = Course(window, clock, qtbot, self._chance, self.look)

    @property
    def _where(self) -> str:
        return f"seed {self._seed}: {self.course.did}"

    def work(self) -> None:
        """Have a first consultation and some visits after it."""
        self.course.begin()
        for _ in range(self._chance.choice(VISITS)):
            self.course.go_on()

    def look(self) -> None:
        """Look at the box of the open visit beside what was told."""
        session, desk = self.course.session, self._window.desk
        visit, made = session.visit, session.judgement
        box, where = made.decision, self._where
        anew = find_judge(desk, visit, recall_last(desk, visit))(visit)
        assert made == anew, where
        if visit.kind not in TREATING or visit.state == "signed":
            return
        self._look_for_told()
        shown = workspace_of(self._window).box.block
        assert shown.state == box.state or (shown.state == "not_checked" and box.needed), where
        if visit.agreement.decision == "go_ahead" and box.state in REFUSED:
            assert visit.kind == "treatment" or list_obstacles(visit, made, desk), where
        if visit.treatment is not None and box.blocks_treatment:
            assert not visit.treatment.treated, where

    def _look_for_told(self) -> None:
        course, session = self.course, self.course.session
        box, visit = session.judgement.decision, session.visit
        asked = {it.item for it in box.needed} if box.blocks_treatment else set()
        first = visit.plan.first_session
        day = first.date() if first is not None else visit.visit_date
        told = dict(
            course.memory.all() if visit.kind == "treatment" else course.memory.told.items()
        )
        together = ask_together(told, course.planned, day)
        for it in told.values():
            say = ask_alone(it, course.planned, day)
            for rule in say.keys() & together.keys():  # not such as nickel beside steel
                assert it.item in asked or stands_in(box, rule, say[rule]), (
                    f"{self._where}\n{it}: {rule} {say[rule]} was told; the box says "
                    f"{box.headline}, {[(f.id, f.severity.value, f.until) for f in box.findings]}, "
                    f"{box.recorded}, asked {asked}"
                )


@pytest.mark.parametrize("seed", range(12))
def test_what_was_told_stands_over_a_course(
    window: MainWindow, clock: Clock, qtbot: QtBot, seed: int
) -> None:
    Walk(window, clock, qtbot, seed).work()


@pytest.mark.long
@pytest.mark.parametrize("seed", range(12, 112))
def test_what_was_told_stands_over_a_hundred_courses(
    window: MainWindow, clock: Clock, qtbot: QtBot, seed: int
) -> None:
    Walk(window, clock, qtbot, seed).work()

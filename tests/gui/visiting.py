"""The visits of a course: what is asked, answered, done and signed in each, by chance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtWidgets import QApplication

from consult_app.domain.history import Procedure
from consult_app.domain.partial_date import PartialDate
from consult_app.domain.plan import MISSED_PATCH
from consult_app.domain.treatment import Patch, Result, Treatment
from consult_app.gui.denied_once import DeniedOnce
from consult_app.gui.panels.agree import AgreePanel
from consult_app.gui.panels.plan.panel import PlanPanel
from consult_app.gui.panels.treatment.after import AfterPanel
from consult_app.gui.panels.treatment.recheck import RecheckPanel
from consult_app.knowledge.screening.decision import find_undecided
from consult_app.knowledge.visits.recall import reconfirm
from consult_app.store.unlocking import SealedStore
from tests.gui.arriving import arrive
from tests.gui.coursing import Course
from tests.gui.remembering import EVER, find_wait
from tests.gui.telling import Told
from tests.gui.test_told_stands import make_healthy
from tests.gui.touring import workspace_of

PATCHED = 0.4
"""How often a test patch is told of before a treatment of type V."""
LEFT = 0.15
"""How often a visit is left unfinished."""
TOLD_ON_THE_DAY = 0.6
"""How often something new is told on the day of a treatment."""
RETURN_LEFT = 0.4
"""How often a return visit is."""
PUT_AWAY = 0.2
"""How often what was left unfinished is put away at once."""
ARRIVES = 0.2
"""How often a consultation comes to light that nobody knew."""
HABIT = 0.7
"""How often *No* is answered first, out of habit, to what was told and still counts."""


def come_first(course: Course) -> None:
    """Have the first consultation."""
    course.begin()
    for _ in range(course.chance.choice((1, 2, 2, 3))):
        course.tell_new()
    conclude(course)


def go_on(course: Course, store: SealedStore) -> None:
    """Let days go by, and have another visit."""
    course.let_time_pass()
    if course.memory.begun and course.chance.random() < 0.4:
        take_up(course)
        return
    kinds = ("treatment", "return", "review", "addendum")
    if course.memory.base and course.chance.random() < ARRIVES:
        arrive(course, store)
    waits = course.memory.begun or course.list_ends()
    kind = course.chance.choices(kinds, (12, 3, 1, 0) if waits else (12, 6, 2, 1))[0]
    if not course.come_for(kind):
        course.did.append("refused")
        return
    before, patches = dict(course.memory.told), [*course.memory.patches]
    {"treatment": treat, "return": come_again, "review": review, "addendum": add}[kind](course)
    visit = course.session.visit
    if visit.state != "signed":
        left = course.memory.told
        told = {key: it for key, it in left.items() if before.get(key) != it}
        course.memory.told = before
        if course.chance.random() < PUT_AWAY:
            course.did.append("put away")
            course.window.reception.file_away("mistake")
            course.memory.patches = patches
        elif told:
            course.memory.begun[visit.id] = told
            course.memory.unfinished[visit.id] = before, left


def take_up(course: Course) -> None:
    """Open an unfinished visit again, look at it and leave it, or put it away."""
    memory, name = course.memory, course.chance.choice(sorted(course.memory.begun))
    before, left = dict(memory.told), memory.unfinished.get(name)
    memory.take_up(name)
    course.written = False
    course.window.open_visit(name)
    course.close_sheets()
    course.say(f"taken up {course.today}")
    memory.told = before
    if course.chance.random() < 0.6:
        course.did.append("put away")
        course.window.reception.file_away("mistake")
        del memory.begun[name]
    elif left is not None:
        memory.unfinished[name] = left


def conclude(course: Course, *, left: bool = False) -> None:
    """Decide what there is to decide, and sign to go ahead where that is possible, unless left."""
    session, chance = course.session, course.chance
    if chance.random() < 0.7:
        with session.one_step():
            for it in find_undecided(session.judgement.decision):
                session.override(it.id, "Agreed with Dr Lee", it.digest)
        course.say("decide")
    if chance.random() < 0.2:
        course.window.run("panel:plan")
        plan = workspace_of(course.window).panel
        assert isinstance(plan, PlanPanel)
        plan.treat_today.click()
        course.say("treat today")
    session.set("discussion.risks_shown", value=True)
    course.window.run("panel:agree")
    panel = workspace_of(course.window).panel
    assert isinstance(panel, AgreePanel)
    panel.decision.cell("go_ahead").click()
    if panel.on_paper.isEnabled():
        panel.on_paper.click()
    course.say("go ahead")
    if left:
        return
    if not course.sign():
        panel.decision.cell("think").click()
        course.say("think")
        course.sign()
    if session.locked:
        _remember_plan(course)


def _remember_plan(course: Course) -> None:
    memory, session = course.memory, course.session
    plan = session.judgement.plan
    memory.base, memory.decided = session.visit.id, session.visit.agreement.decision or ""
    memory.left = len(plan.session_dates) if plan is not None else 0
    memory.stopped = memory.looked = False
    memory.late.clear()  # all was asked anew
    memory.unasked = MISSED_PATCH in {it.id for it in session.visit.overrides}


def come_again(course: Course) -> None:
    """Ask everything anew at a return visit: some as last time, some denied, the rest *No*."""
    session, last, chance = course.session, course.session.last, course.chance
    assert last is not None
    today = make_healthy(course.window, chance, course.today)
    first = datetime.combine(course.today, datetime.min.time()).replace(hour=10)
    first += timedelta(days=chance.choice((0, 0, 7, 30)))
    with session.one_step():
        session.set("facts.phototype", course.phototype)
        session.set("skin", course.show_skin(today)["skin"])
        session.set("plan", replace(last.plan, first_session=first))
        session.set("allergy_state", "none_known")
    once = DeniedOnce(course.window.desk.pack, session)
    told = set(course.memory.list_items())
    with session.one_step():
        for it in course.window.desk.pack.questions:
            if it.id not in told:
                _deny(course, once, it.id, 2)
    course.say("the rest is No")
    for item in sorted(told):
        _ask_again(course, once, item)
    left = chance.random() < RETURN_LEFT
    for _ in range(2 if left else chance.choice((0, 1))):
        course.tell_new(left=left)
    conclude(course, left=left)


def _deny(course: Course, once: DeniedOnce, item: str, times: int) -> None:
    session = course.session
    for _ in range(times):
        if (now := session.visit.answers.get(item)) is None or now.state != "no":
            session.answer(item, once.take(item, "no"))


def _ask_again(course: Course, once: DeniedOnce, item: str) -> None:
    """Ask again at a return visit what was told: a *No* by habit takes back nothing."""
    chance, session, last = course.chance, course.session, course.session.last
    if (item in EVER or _waits(course, item)) and chance.random() < HABIT:
        _deny(course, once, item, 1)
        course.say(f"{item}: No by habit")
    how = chance.choices(("same", "no twice", "unsure", "open"), (5, 2, 1, 1))[0]
    if how == "same" and last is not None and item in last.answers:
        visit = reconfirm(course.window.desk.pack, session.visit, last, (item,))
        session.take(visit, "")
    elif how == "unsure":
        session.answer(item, "unsure")
    elif how == "no twice":
        _deny(course, once, item, 2)
        course.memory.forget(item)
    course.say(f"{item}: {how}")


def _waits(course: Course, item: str) -> bool:
    """Return whether something told has to wait still, whatever is said on the day."""
    told = course.memory.list_of(item)
    return any(find_wait(it, course.planned, course.today) for it in told)


def treat(course: Course) -> None:
    """Ask again what a treatment asks, and treat, or not."""
    panel = workspace_of(course.window).panel
    assert isinstance(panel, RecheckPanel)
    told, done = set(course.memory.list_items()), set[str]()
    while rest := [it for it in panel._rows if it not in done]:
        done.add(rest[0])
        if rest[0] == "medicines":
            panel._medicines("no")
        elif rest[0] in told:
            _recheck(course, panel, rest[0])
        else:
            panel._answer(rest[0], "no")
    course.say("the rest is No")
    if course.chance.random() < TOLD_ON_THE_DAY:
        course.tell_new(panel._rows)
    if course.phototype == 5 and course.chance.random() < PATCHED:
        _tell_patch(course)
    course.window.run("panel:after")
    after = workspace_of(course.window).panel
    assert isinstance(after, AfterPanel)
    if course.chance.random() < LEFT:
        return
    how = course.chance.choices(("yes", "no", "absent"), (6, 1, 1))[0]
    after.treated.cell(how).click()
    course.say(f"treated: {how}")
    _finish(course, after, how)


def _tell_patch(course: Course) -> None:
    """Tell of a test patch: too late, or looked at four weeks on with a reaction or nothing."""
    day = course.today - timedelta(days=course.chance.choice((3, 27, 28, 40)))
    result: Result = course.chance.choice(("nothing", "nothing", "reaction"))
    course.session.set("treatment.patch", Patch(result=result, done_on=day))
    course.memory.patches.append((day, result == "reaction"))
    course.say(f"patch of {day}: {result}")


def _finish(course: Course, after: AfterPanel, how: str) -> None:
    session = course.session
    if how == "yes" and not (session.visit.treatment or Treatment()).treated:
        after.treated.cell("no").click()
    treatment = session.visit.treatment
    assert treatment is not None
    if treatment.treated:
        _write_done(course, treatment)
    _agree_next(course, after)
    treated = (session.visit.treatment or Treatment()).treated
    if course.sign() and treated:
        course.memory.left -= 1
        course.memory.unasked = True
        _remember_needled(course)


def _write_done(course: Course, treatment: Treatment) -> None:
    """Write what was done: as suggested, or as deep as no plan says, with its reason."""
    depth = course.chance.choice((None, None, None, 0.5, 1.0, 2.0))
    areas = tuple(replace(it, suggested=False) for it in treatment.areas)
    if depth is not None:
        areas = tuple(replace(it, depth_mm=depth) for it in areas)
        course.session.set("treatment.beyond_reason", "Agreed with Dr Lee")
        course.written = True
    course.session.set("treatment.areas", areas)
    course.session.set("treatment.cartridge.lot", f"L{course.chance.randint(1, 9)}")
    course.say(f"needled {[it.depth_mm for it in areas]}")


def _remember_needled(course: Course) -> None:
    """Remember what was needled, which has the same skin rest (item 50)."""
    treatment = course.session.visit.treatment
    assert treatment is not None
    for it in treatment.areas:
        done = Procedure(
            code="microneedling",
            date=PartialDate.of(course.session.visit.visit_date),
            zones=(it.area,),
            depth_mm=it.depth_mm,
        )
        course.memory.needled.append(
            Told(said=done, item="needling_recent", on=course.session.visit.visit_date)
        )


def _agree_next(course: Course, after: AfterPanel) -> None:
    """Agree on the day of the plan, or another, or none."""
    how = course.chance.choices(("none", "plan", "other"), (3, 2, 3))[0]
    if how == "plan":
        after.by_plan.acted.emit()
    elif how == "other":
        day = course.today + timedelta(days=course.chance.choice((7, 14, 27, 28, 70)))
        course.memory.agreed.add(day)
        course.session.set("treatment.next_date", day)
        course.session.set("treatment.next_visit", "treatment")
    QApplication.processEvents()
    course.say(f"next: {how} {_find_next(course)}")


def _find_next(course: Course) -> date | None:
    treatment = course.session.visit.treatment
    return treatment.next_date if treatment is not None else None


def _recheck(course: Course, panel: RecheckPanel, item: str) -> None:
    """Ask again on the day of a treatment what was told: a *No* ends nothing that has to wait."""
    session, chance = course.session, course.chance
    habit = (item in EVER or _waits(course, item)) and chance.random() < HABIT
    if habit:
        _deny_by_habit(course, panel, item)
    how = chance.choices(("same", "no twice", "unsure", "open"), (4, 4, 1, 1))[0]
    if how == "same":
        panel._reconfirm(item)
    elif how == "unsure":
        panel._answer(item, "unsure")
    elif how == "no twice":
        for _ in how.split():
            if item not in session.visit.answers:
                panel._answer(item, "no")
    if _is_denied(course, item, how, habit=habit):
        _take_no(course, item)
    course.say(f"{item}: {how}")


def _deny_by_habit(course: Course, panel: RecheckPanel, item: str) -> None:
    """Answer *No*, and where it has to wait a second time, which ends no wait either."""
    for _ in range(2 if _waits(course, item) else 1):
        if item not in course.session.visit.answers:
            panel._answer(item, "no")
        course.say(f"{item}: No by habit")


def _is_denied(course: Course, item: str, how: str, *, habit: bool) -> bool:
    """Return whether a *No* stands: also one that was said last time, or by habit and left."""
    last = course.session.last
    before = last.answers.get(item) if last is not None else None
    if how == "same":
        return before is not None and before.state == "no"
    stands = item not in EVER or _waits(course, item)  # then it was said twice
    return how == "no twice" or (how == "open" and habit and stands)


def _take_no(course: Course, item: str) -> None:
    if _waits(course, item):
        course.memory.end(item)
    else:
        course.memory.forget(item, begun=True)


def review(course: Course) -> None:
    """Look at what came of it, and say how it goes on."""
    chance, session = course.chance, course.session
    decided = chance.choices(("continue", "change", "stop"), (7, 1, 1))[0]
    session.set("review.decision", decided)
    session.set("review.adverse", "none")
    course.say(f"review: {decided}")
    if chance.random() < LEFT:
        return
    if course.sign():
        course.memory.stopped = decided == "stop" or (
            course.memory.stopped and decided != "continue"
        )
        course.memory.looked = course.memory.left <= 0


def add(course: Course) -> None:
    """Add to the last consultation."""
    course.session.set("addendum", "It hurts less than it did.")
    course.say("addendum")
    if course.chance.random() >= LEFT:
        course.sign()

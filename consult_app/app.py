"""The composition root: builds everything once and passes it in. The only reader of the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from consult_app import paths
from consult_app.domain.finding import Screening
from consult_app.domain.history import Facts
from consult_app.domain.people import Clinic, Locale, Patient, Practitioner
from consult_app.domain.plan import Plan, PlanRequest
from consult_app.errors import ConsultError, ContentError
from consult_app.exchange.calendar import write_calendar
from consult_app.exchange.casefile import Case
from consult_app.exchange.results import screening_json
from consult_app.handout.compose import compose, source_texts
from consult_app.handout.compose_case import Course, Recipient
from consult_app.handout.document import Handout
from consult_app.handout.layout import read_layout
from consult_app.handout.readability import measure
from consult_app.handout.sheet import Sheet
from consult_app.handout.text import write_text
from consult_app.i18n.translator import Translator, load_translator
from consult_app.knowledge.judgement import deepest_first, first_depths
from consult_app.knowledge.loader import load_pack
from consult_app.knowledge.pack import Pack
from consult_app.knowledge.planning import resolve
from consult_app.knowledge.planning_json import plan_json
from consult_app.knowledge.screening import screen

if TYPE_CHECKING:
    from consult_app.handout.pdf import Drawn

TREATMENT = "microneedling"
Paper = Literal["A4", "Letter"]
Size = Literal["standard", "large"]


def read_clock() -> datetime:
    """Return the local wall-clock time."""
    return datetime.now()  # noqa: DTZ005, TID251 - the one place; visits keep local time


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A sheet in words, with what it was made from.

    Attributes:
        handout: What it says.
        plan: The plan behind it.
        screening: The findings behind it.
        locale: Country, language and paper.
        words: The reader's language.
        made_on: The consultation's date.
    """

    handout: Handout = field(repr=False)
    plan: Plan
    screening: Screening
    locale: Locale
    words: Translator
    made_on: date


@dataclass(frozen=True)
class Program:
    """What the commands and the window both do.

    Attributes:
        resources: The program's resources.
        clock: Local wall-clock time.
    """

    resources: Path = field(default_factory=paths.find_resources)
    clock: Callable[[], datetime] = read_clock

    @cached_property
    def pack(self) -> Pack:
        """The clinical content.

        Raises:
            ContentError: It has faults; all are listed.
        """
        return load_pack(self.resources / "content" / TREATMENT)

    @property
    def today(self) -> date:
        """Today's date."""
        return self.clock().date()

    def screen(self, case: Case) -> dict[str, Any]:
        """Return the screening of a case in the format `consult-screening/1`."""
        return screening_json(screen(self.pack, _facts(case), today=self.today))

    def plan(self, case: Case) -> dict[str, Any]:
        """Return the resolved plan of a case in the format `consult-plan/1`."""
        return plan_json(resolve(self.pack, _request(case), _facts(case), today=self.today))

    def compose(self, case: Case, *, language: str | None = None) -> Composed:
        """Return the sheet of a case in words; `language` goes before the case's own.

        Raises:
            ConsultError: No sheet can be made of it, or there is no such language.
        """
        locale = case.locale or Locale()
        if language:
            locale = replace(locale, language=language)
        facts, request = _facts(case), _request(case)
        made_on = facts.consult_date or self.today
        plan = resolve(self.pack, request, facts, today=self.today)
        screening = screen(
            self.pack, _planned(facts, plan), today=self.today, depths=first_depths(plan)
        )
        words = load_translator(
            locale.language, source_texts(self.pack), self.resources / "translations"
        )
        recipient = Recipient(
            patient=case.patient or Patient(),
            practitioner=case.practitioner or Practitioner(),
            clinic=case.clinic or Clinic(),
            locale=locale,
        )
        handout = compose(
            self.pack,
            recipient=recipient,
            course=Course(facts=facts, request=request, plan=plan, screening=screening),
            layout=read_layout(self.resources / "handout"),
            words=words,
            made_on=made_on,
        )
        return Composed(
            handout=handout,
            plan=plan,
            screening=screening,
            locale=locale,
            words=words,
            made_on=made_on,
        )

    def draw(
        self, sheet: Composed, *, paper: Paper | None = None, size: Size = "standard"
    ) -> Drawn:
        """Return the sheet as a PDF; `paper` goes before the case's own."""
        # Loaded on demand: reportlab takes longer to import than a whole screening.
        from consult_app.handout.pdf import draw  # noqa: PLC0415

        return draw(
            sheet.handout,
            paper=paper or sheet.locale.paper,
            size=size,
            resources=self.resources,
        )

    def write_text(self, sheet: Composed) -> str:
        """Return the same sheet as plain text."""
        return write_text(sheet.handout)

    def write_dates(self, sheet: Composed) -> str:
        """Return the visits and the ends of the rules as an .ics calendar."""
        return write_calendar(self.pack, sheet.plan, words=sheet.words, made_on=sheet.made_on)

    def grade(self, sheet: Composed) -> float:
        """Return the reading grade of the sheet's words."""
        return measure(sheet.handout).grade

    def make_sheet(self, case: Case) -> Sheet:
        """Return the finished handout of a case in all its forms."""
        composed = self.compose(case)
        drawn = self.draw(composed)
        return Sheet(
            pdf=drawn.pdf,
            pages=drawn.pages,
            grade=self.grade(composed),
            text=self.write_text(composed),
            dates=self.write_dates(composed),
        )

    def check_content(self, folder: Path | None) -> tuple[str, tuple[str, ...]]:
        """Return one line about a content pack and a line for each fault in it."""
        try:
            pack = load_pack(folder or self.resources / "content" / TREATMENT)
        except ContentError as error:
            return f"{len(error.details)} faults. Nothing of this pack is used.", error.details
        counted = (
            f"{len(pack.questions)} items, {len(pack.rules)} rules, {len(pack.sources)} sources"
        )
        return f"{pack.id} {pack.version}: {counted}, no faults.", ()

    def list_sources(self) -> tuple[str, ...]:
        """Return one line for each source: code, mark, what it is, how it was read, where."""
        return tuple(
            " | ".join(filter(None, (it.id, it.mark, it.title, it.read, it.address)))
            for it in self.pack.sources
        )


def open_window() -> int:
    """Open the window and return its exit code.

    Raises:
        ConsultError: The settings cannot be read, or Qt's system libraries are missing.
    """
    try:
        # Only the window needs Qt; no command may load it.
        from consult_app.gui.opening import open_desk  # noqa: PLC0415
    except ImportError as error:
        raise ConsultError(*explain_missing_libraries(error)) from None
    return open_desk(Program(), paths.find_home())


def _facts(case: Case) -> Facts:
    return case.facts or Facts()


def _request(case: Case) -> PlanRequest:
    return case.plan or PlanRequest()


def _planned(facts: Facts, plan: Plan) -> Facts:
    """Return the facts at the areas and deepest first depth of a plan."""
    areas = tuple(dict.fromkeys(line.area for line in plan.lines))
    first = plan.session_dates[0].date() if plan.session_dates else facts.treatment_date
    return replace(
        facts, zones=areas or facts.zones, depth_mm=deepest_first(plan), treatment_date=first
    )


def explain_missing_libraries(error: ImportError) -> tuple[str, str]:
    """Return what to tell when Qt cannot be loaded: a title and what to install."""
    library = str(error).split(":", maxsplit=1)[0]
    advice = (
        "On Debian or Ubuntu: apt-get install libglib2.0-0 libegl1 libgl1 libfontconfig1 "
        "libdbus-1-3 libxkbcommon0 libgssapi-krb5-2 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 "
        "libxcb-shape0 libxkbcommon-x11-0. The other commands work without them."
    )
    return f"The window needs system libraries of Qt that are missing ({library})", advice

"""The composition root: builds everything once and passes it in. The only reader of the clock."""

# ruff: noqa: PLC0415 - each command loads what it needs and no more: screening needs no handout,
# no words of other languages and no planner, and they take as long to load as it takes to screen

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consult_app import paths
from consult_app.display import explain_missing_libraries, has_display
from consult_app.errors import ConsultError, ContentError, FileError, InputError, NoWindowError
from consult_app.files import read_text
from consult_app.values import dataclass, field, replace

if TYPE_CHECKING:
    from consult_app.composed import Composed, Paper, Size
    from consult_app.domain.consultation import Consultation
    from consult_app.domain.history import Facts
    from consult_app.exchange.casefile import Case
    from consult_app.handout.clinic_look import ClinicLook
    from consult_app.handout.compose import Versions
    from consult_app.handout.compose_case import Course, Recipient
    from consult_app.handout.document import Handout
    from consult_app.handout.layout import Layout
    from consult_app.handout.sheet import Sheet
    from consult_app.i18n.translator import Translator
    from consult_app.knowledge.pack.pack import Pack
    from consult_app.settings import LimitChange

TREATMENT = "microneedling"


def read_clock() -> datetime:
    """Return the local wall-clock time."""
    return datetime.now()  # noqa: DTZ005, TID251 - the one place; visits keep local time


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
            FileError: It is not where the program was installed.
        """
        from consult_app.knowledge.loading.compiled import load

        return load(self._content)

    @cached_property
    def _layout(self) -> Layout:
        from consult_app.handout.compiled import load_layout

        return load_layout(self.resources / "handout")

    @property
    def _content(self) -> Path:
        folder = self.resources / "content" / TREATMENT
        if not folder.is_dir():
            raise FileError(
                f"{folder}: the clinical content is missing", "Install the program again."
            )
        return folder

    def with_changes(self, changes: Iterable[LimitChange]) -> Program:
        """Return the program by a clinic's numbers; the commands keep to the reference's."""
        from consult_app.knowledge.pack.clinic import apply_changes

        changed = replace(self)
        changed.__dict__["pack"] = apply_changes(self.pack, changes)  # not read anew
        return changed

    @property
    def today(self) -> date:
        """Today's date."""
        return self.clock().date()

    def screen(self, case: Case) -> dict[str, Any]:
        """Return the screening of a case in the format `consult-screening/1`."""
        from consult_app.exchange.results import screening_json
        from consult_app.knowledge.screening.screening import screen

        return screening_json(screen(self.pack, self._said(case), today=self.today))

    def plan(self, case: Case) -> dict[str, Any]:
        """Return the resolved plan of a case in the format `consult-plan/1`."""
        from consult_app.domain.plan import PlanRequest
        from consult_app.knowledge.planning.json import plan_json
        from consult_app.knowledge.planning.planning import resolve

        request = case.plan or PlanRequest()
        return plan_json(resolve(self.pack, request, self._said(case), today=self.today))

    def compose(  # noqa: PLR0913 - what a sheet is made of; all but the case by name
        self,
        case: Case,
        *,
        language: str | None = None,
        paper: Paper | None = None,
        size: Size = "standard",
        like: Size | None = None,
        visit: Consultation | None = None,
        look: ClinicLook | None = None,
        earlier: Sequence[Consultation] = (),
    ) -> Composed:
        """Return the sheet of a case.

        Args:
            case: For whom, by whom and for which plan.
            language: Instead of the case's own.
            paper: Instead of the case's own.
            size: Ordinary or large print.
            like: The print whose long waits it tells, where that is another.
            visit: The consultation behind the case; it knows what was said, which a case does not.
            look: The clinic's sign, colour and page.
            earlier: The patient's treatments; they know more of what was needled than a case does.

        Raises:
            ConsultError: No sheet can be made of it, or there is no such language.
        """
        from consult_app.composed import Composed, address, choose_locale, plan_course, tell_like
        from consult_app.handout.fitting import choose
        from consult_app.handout.pdf import draw

        locale, place = choose_locale(case, language)
        course = plan_course(self.pack, case, self._said(case, visit), self.today, visit, earlier)
        words = self._words(locale.language, place)
        paper, budget, at = paper or locale.paper, self._layout.budget, self.resources
        recipient = address(case, locale, visit, look)
        versions = self._versions(course, recipient, words)
        if like and like != size:
            recipient = tell_like(recipient, versions, budget, paper, like, at)
            versions = self._versions(course, recipient, words)
        handout, whole = choose(versions, budget, paper=paper, size=size, resources=at)
        return Composed(
            handout=handout,
            drawn=draw(handout, paper=paper, size=size, resources=at),
            pack=self.pack,
            course=course,
            locale=locale,
            words=words,
            made_on=course.facts.consult_date or self.today,
            whole=whole or recipient.whole,
            paper=paper,
            size=size,
        )

    def tell(
        self,
        case: Case,
        visit: Consultation | None = None,
        look: ClinicLook | None = None,
        earlier: Sequence[Consultation] = (),
    ) -> Handout:
        """Return what a sheet says at full length, for a screen; its days are those it prints.

        Raises:
            ConsultError: There is nothing to say yet, or not of this plan.
        """
        from consult_app.composed import address, find_size, plan_course, tell_like
        from consult_app.domain.people import Locale

        locale, budget, size = case.locale or Locale(), self._layout.budget, find_size(visit)
        words = self._words(locale.language, "locale.language")
        recipient = address(case, locale, visit, look)
        course = plan_course(self.pack, case, self._said(case, visit), self.today, visit, earlier)
        printed, at = self._versions(course, recipient, words), self.resources
        recipient = tell_like(recipient, printed, budget, locale.paper, size, at)
        return self._versions(course, replace(recipient, screen=True), words)[0]

    def make_sheet(
        self,
        case: Case,
        visit: Consultation | None = None,
        look: ClinicLook | None = None,
        earlier: Sequence[Consultation] = (),
        *,
        enlarged: bool = False,
    ) -> Sheet:
        """Return the finished handout, in large print for who needs that or has it `enlarged`."""
        from consult_app.composed import find_size

        like = find_size(visit)
        size: Size = "large" if enlarged else like
        made = self.compose(case, size=size, like=like, visit=visit, look=look, earlier=earlier)
        return made.finish()

    def check_content(self, folder: Path | None) -> tuple[str, tuple[str, ...]]:
        """Return one line about a content pack, read anew, and a line for each fault in it.

        Without a folder it is the program's own, and the layout of the sheet is checked with it.
        """
        from consult_app.checking import check_own, check_pack

        return check_pack(folder) if folder else check_own(self.resources, self._content)

    def compile_content(self) -> tuple[Path, ...]:
        """Keep what is read again and again in the form that loads fast; for who builds it.

        Raises:
            ContentError: It has faults; all are listed.
            OSError: It cannot be kept.
        """
        from consult_app.compiling import compile_all

        return compile_all(self.resources, self._content)

    def sources(self) -> dict[str, Any]:
        """Return every source of the content in the format `consult-sources/1`."""
        from consult_app.exchange.sources import sources_json

        return sources_json(self.pack)

    def _versions(self, course: Course, recipient: Recipient, words: Translator) -> Versions:
        from consult_app.handout.compose import compose_versions

        return compose_versions(
            self.pack,
            recipient=recipient,
            course=course,
            layout=self._layout,
            words=words,
            made_on=course.facts.consult_date or self.today,
        )

    def _words(self, tag: str, place: str) -> Translator:
        from consult_app.handout.compose import source_texts
        from consult_app.i18n.translator import load_translator

        try:
            return load_translator(tag, source_texts(self.pack), self.resources / "translations")
        except ContentError:
            raise
        except ConsultError as error:
            raise ConsultError(f"{place}: {error.title}", error.advice) from None

    def _said(self, case: Case, visit: Consultation | None = None) -> Facts:
        """Return the facts; those of a file alone deny what they leave out, as its format says."""
        from consult_app.domain.history import Facts
        from consult_app.exchange.casefile import ADVICE, TITLE
        from consult_app.knowledge.intake import find_unknown
        from consult_app.knowledge.told.unsaid import say_denied

        facts = case.facts or Facts()
        if unknown := find_unknown(self.pack.vocabulary, facts):
            raise InputError(TITLE, unknown, ADVICE)
        return say_denied(self.pack, facts) if visit is None else facts


def open_window() -> int:
    """Open the window and return its exit code.

    `CONSULT_APP_PASSPHRASE_FILE` opens the records without asking, as scripts need it.
    `CONSULT_APP_LANGUAGE` names the language of the window.

    Raises:
        NoWindowError: Qt's system libraries are missing, or there is no display.
        ConsultError: The window cannot open.
    """
    if not has_display(sys.platform, os.environ):
        raise NoWindowError(
            "There is no display to open the window on",
            "Start it in a desktop session. The other commands work without one.",
        )
    from consult_app.i18n.window import choose_words

    named = os.environ.get("CONSULT_APP_PASSPHRASE_FILE")
    secret = read_text(named).split("\n")[0].removesuffix("\r") if named else ""
    choose_words(os.environ.get("CONSULT_APP_LANGUAGE", ""), paths.find_resources())
    try:
        # Only the window needs Qt; no command may load it.
        from consult_app.gui.opening import open_desk
    except ImportError as error:
        raise NoWindowError(*explain_missing_libraries(error)) from None
    return open_desk(Program(), paths.find_home(), secret)

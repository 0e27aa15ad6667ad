"""Says what the patient's sheet says, for one patient and one plan.

The words come from the content, the sections and their order from `resources/handout/layout.toml`.
Only what applies to this plan is said; a number that is not known is said to be not known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import overload

from consult_app.domain.plan import PlanOutcome
from consult_app.errors import ConsultError
from consult_app.handout.compose_blocks import build_block, list_untold, says
from consult_app.handout.compose_case import Case, Course, Recipient, is_past
from consult_app.handout.compose_tags import describe
from consult_app.handout.compose_values import (
    collect_values,
    cream_stop_is_past,
    find_patch_stop,
    plain,
)
from consult_app.handout.document import Handout, Page, Row, Script, Section
from consult_app.handout.layout import Layout, PageSpec, RowSpec
from consult_app.handout.layout_section import SectionSpec, name_front, name_return
from consult_app.handout.text import write_text
from consult_app.i18n.formats import isolate
from consult_app.i18n.translator import Translator
from consult_app.knowledge.pack.pack import Pack
from consult_app.values import replace
from consult_app.wording import t

PLAIN_GROUP = "texts"
MAY_CHANGE = "dates_may_change"
"""The text that makes the dates of a sheet tentative."""
SIGN = "sign"
"""With which name lines to sign come back in the layout."""
REFERENCE = 6
"""Digits of a sheet's reference."""


def source_texts(pack: Pack) -> dict[str, str]:
    """Return the English words of the content by the ids that translators and the sheet use.

    A text of the group `texts` goes by its own id, any other by `group.id`.
    """
    return {
        name if group == PLAIN_GROUP else f"{group}.{name}": text.text
        for group, texts in pack.texts.items()
        for name, text in texts.items()
    }


def compose(  # noqa: PLR0913 - what a sheet is made of; all but the content by name
    pack: Pack,
    *,
    recipient: Recipient,
    course: Course,
    layout: Layout,
    words: Translator,
    made_on: date,
    cut: int = 0,
) -> Handout:
    """Return the patient's sheet.

    Args:
        pack: The clinical content.
        recipient: For whom and by whom it is made.
        course: The plan and what it was made from.
        layout: The sections.
        words: The reader's language, with `source_texts(pack)` as its English.
        made_on: The consultation's date.
        cut: How far to shorten, 0 for not at all.

    Raises:
        ConsultError: No sheet can be made: the plan must not be carried out, or nobody can be
            called.
        ContentError: The content has no words for something.
    """
    versions = compose_versions(
        pack, recipient=recipient, course=course, layout=layout, words=words, made_on=made_on
    )
    return versions[cut]


def compose_versions(
    pack: Pack,
    *,
    recipient: Recipient,
    course: Course,
    layout: Layout,
    words: Translator,
    made_on: date,
) -> Versions:
    """Return the sheet from its whole length to its shortest.

    Whoever draws it takes the first that fits on its pages, or the last. Arguments and errors are
    those of `compose`; words that are missing are found when a version is asked for.
    """
    _refuse(recipient, course)
    tags = describe(pack, recipient, course, layout, made_on)
    if cream_stop_is_past(course, made_on):
        tags |= {"cream_stop_past"}
    patch_stop = find_patch_stop(course)
    if patch_stop and is_past(patch_stop, made_on):
        tags |= {"patch_stop_past"}
    return Versions(
        Case(
            recipient=recipient,
            course=course,
            pack=pack,
            layout=layout,
            words=words,
            made_on=made_on,
            tags=tags,
            values=collect_values(pack, recipient, course, layout.settling, words, made_on=made_on),
        )
    )


class Versions(Sequence[Handout]):
    """The sheet by steps of cutting; each is made when it is asked for.

    From one step to the next most sections stay as they are. Those are made once.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._made: dict[int, Handout] = {}
        self._sections: dict[tuple[str, int, frozenset[str]], Section | None] = {}
        budget = case.layout.budget
        self._steps = {
            spec.id: (budget.whole_days, budget.short_dates, *spec.steps())
            for spec in case.layout.section
        }

    def __len__(self) -> int:
        return self._case.layout.budget.cuts + 1

    @overload
    def __getitem__(self, place: int) -> Handout: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Handout, ...]: ...

    def __getitem__(self, place: int | slice) -> Handout | tuple[Handout, ...]:
        if isinstance(place, slice):
            return tuple(self[each] for each in range(len(self))[place])
        cut = range(len(self))[place]
        if cut not in self._made:
            self._made[cut] = self._make(replace(self._case, cut=cut))
        return self._made[cut]

    def refill(self, cut: int, names: Iterable[str]) -> Handout | None:
        """Return a version with what was cut and comes back, or None where one name brings none."""
        tags, back = self._case.tags, [name_return(name) for name in names]
        parts = [part for spec in self._case.layout.section for part in spec.list_returning()]
        for tag in back:
            more = tags | {tag}
            if not any(part.holds(more, cut) and not part.holds(tags, cut) for part in parts):
                return None
        return self._make(replace(self._case, cut=cut, tags=tags.union(back)))

    def sign(self) -> Versions | None:
        """Return the same versions, all with lines to sign; None unless it is signed on paper."""
        signed = replace(self._case, tags=self._case.tags | {name_return(SIGN)})
        return Versions(signed) if signed.recipient.on_paper else None

    def rearrange(self) -> Versions | None:
        """Return the same versions with sections where rows of others take them, or None."""
        case = self._case
        moved = [name for page in case.layout.page for row in page.row for name in row.takes]
        specs = map(case.layout.find, moved)
        if not any(spec.holds(case.tags, len(self) - 1) for spec in specs):
            return None
        other = Versions(replace(case, layout=case.layout.rearrange()))
        other._sections = self._sections
        return other

    def relieve(self) -> Iterator[Versions]:
        """Yield the same versions with more and more of what may on the first side."""
        tags = self._case.tags
        items = [
            it for spec in self._case.layout.section for part in spec.block for it in part.items
        ]
        for name in self._case.layout.budget.fronts:
            moved = tags | {name_front(name)}
            if any(it.holds(moved, it.from_cut) != it.holds(tags, it.from_cut) for it in items):
                yield Versions(replace(self._case, tags=moved))
            tags = moved

    def _make(self, case: Case) -> Handout:
        return _make_handout(case, tuple(self._make_page(case, spec) for spec in case.layout.page))

    def _make_page(self, case: Case, spec: PageSpec) -> Page:
        rows = (self._make_row(case, row) for row in spec.row)
        return Page(
            rows=tuple(row for row in rows if row.sections),
            title=case.say(spec.title) if spec.title else "",
        )

    def _make_row(self, case: Case, spec: RowSpec) -> Row:
        made = [self._find_section(case, case.layout.find(name)) for name in spec.sections]
        there = tuple(section for section in made if section)
        if spec.flows:
            return Row(sections=there, shares=spec.shares, flows=len(there) > 1)
        held = zip(made, spec.shares, strict=True)
        return Row(sections=there, shares=tuple(share for section, share in held if section))

    def _find_section(self, case: Case, spec: SectionSpec) -> Section | None:
        """Return a section as it was made at the last step that changes anything of it."""
        passed = [step for step in self._steps[spec.id] if step <= case.cut]
        named = {name_return(part.returns) for part in spec.list_returning()}
        key = spec.id, max(passed, default=0), case.tags & named
        if key not in self._sections:
            self._sections[key] = _make_section(case, spec)
        return self._sections[key]


def _refuse(recipient: Recipient, course: Course) -> None:
    if course.plan.outcome is PlanOutcome.DO_NOT_TREAT:
        raise ConsultError(
            t("There is no sheet for this plan"),
            t(
                "The safety check says: do not treat. Read the findings and talk them over "
                "with the "
                "patient. Nothing is lost."
            ),
        )
    if not recipient.clinic.phone.strip():
        raise ConsultError(
            t("The sheet needs the clinic's phone number"),
            t(
                "A patient who is worried has to know whom to call. Enter it with the "
                "clinic's name."
            ),
        )


def _make_handout(case: Case, pages: tuple[Page, ...]) -> Handout:
    clinic, language = case.recipient.clinic, case.words.language
    handout = Handout(
        language=language.tag,
        script=Script(
            right_to_left=language.right_to_left,
            families=language.families,
            leading=language.leading,
        ),
        title=case.say("title"),
        made_for=case.say("made_for"),
        clinic_name=isolate(plain(clinic.name), language),
        clinic_phone=isolate(plain(clinic.phone), language),
        clinic_address=isolate(plain(clinic.address), language),
        pages=pages,
        footer="",
        page_label=case.say("page_label", page="{page}", pages="{pages}"),
        made_on=case.made_on,
        subject=case.say("subject"),
        look=case.recipient.look,
        untold=list_untold(case),
        tentative=says(case, MAY_CHANGE),
    )
    return replace(handout, footer=" \u00b7 ".join(_make_footer(case, handout)))


def _make_footer(case: Case, handout: Handout) -> Iterator[str]:
    yield case.say("footer_name" if "born" in case.values else "footer_no_birth")
    if "record" in case.values and case.cut <= case.layout.budget.record:
        yield case.say("footer_record")
    yield case.say("footer_reference", reference=_make_reference(handout))
    yield case.say("footer_content")


def _make_reference(handout: Handout) -> str:
    """Return a short mark of these very words: two sheets that differ in one have two marks."""
    digest = hashlib.sha256(write_text(handout).encode()).digest()
    return f"{int.from_bytes(digest) % 10**REFERENCE:0{REFERENCE}}"


def _make_section(case: Case, spec: SectionSpec) -> Section | None:
    if not spec.holds(case.tags, case.cut):
        return None
    blocks = tuple(
        block
        for part in spec.block
        if part.holds(case.tags, case.cut) and (block := build_block(case, part))
    )
    if not blocks:
        return None
    key = spec.heading_at(case.cut)
    heading = case.say(key) if key else ""
    return Section(id=spec.id, heading=heading, blocks=blocks, tone=spec.tone_at(case.cut))

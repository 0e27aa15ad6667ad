"""Builds one block of the sheet from its specification; one function for each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from consult_app.domain.plan import Plan, PlanLine
from consult_app.handout.compose_case import Case, list_areas, list_concerns, name_area
from consult_app.handout.compose_dates import (
    build_dated,
    build_later,
    build_running,
    build_visits,
)
from consult_app.handout.compose_lists import say_named
from consult_app.handout.compose_values import plain
from consult_app.handout.document import (
    Block,
    Bullets,
    CallBox,
    Choice,
    ClinicPage,
    Figure,
    KeyPoint,
    KeyPoints,
    Paragraph,
    Quotes,
    Table,
    WriteLines,
    Zone,
)
from consult_app.handout.layout_section import BlockSpec, Item, Kind
from consult_app.handout.promises import find_forbidden

OWN = "own."
"""Texts that name what somebody's own words are about: `own.tonight` for `tonight`."""
_REDNESS_LEVELS = range(5)


def build_block(case: Case, spec: BlockSpec) -> Block | None:
    """Return the block, or None when nothing of it applies."""
    return _BUILDERS[spec.kind](case, spec)


def _items(case: Case, items: tuple[Item, ...]) -> Iterator[Item]:
    return (item for item in items if item.holds(case.tags, case.cut))


def _build_paragraph(case: Case, spec: BlockSpec) -> Paragraph | None:
    text = " ".join(case.say(item.text) for item in _items(case, spec.items))
    return Paragraph(text=text, lead=spec.lead) if text else None


def _build_bullets(case: Case, spec: BlockSpec) -> Bullets | None:
    items = tuple(case.say(item.text) for item in _items(case, spec.items))
    return Bullets(items=items, mark=spec.mark) if items else None


def _build_key_points(case: Case, spec: BlockSpec) -> KeyPoints:
    return KeyPoints(
        points=tuple(
            KeyPoint(icon=item.icon, title=case.say(item.title), text=case.say(item.text))
            for item in _items(case, spec.items)
        )
    )


def _build_figure(case: Case, _: BlockSpec) -> Figure | None:
    areas = list_areas(case.course.plan)
    if not areas:
        return None
    places = [f"{number} {_name_place(case, area)}" for number, area in enumerate(areas, start=1)]
    # Neck and scalp are shown with the face.
    whole = "figure_body" if "body" in case.tags else "figure_face"
    return Figure(
        zones=tuple(
            Zone(
                area=case.pack.protocol.areas.normalise(area),
                side=case.course.sides.get(area, ""),
                number=number,
            )
            for number, area in enumerate(areas, start=1)
        ),
        description=case.say(whole, places=", ".join(places)),
        right_label=case.say("your_right"),
        left_label=case.say("your_left"),
    )


def _build_areas(case: Case, spec: BlockSpec) -> Table | None:
    plan = case.course.plan
    rows = tuple(
        (_name_place(case, area), _say_reasons(case, area), _say_depth(case, area))
        for area in list_areas(plan)
    )
    if not rows:
        return None
    columns = tuple(case.say(f"column.{name}") for name in ("area", "why", "depth"))
    return Table(columns=columns, rows=rows, numbered=spec.numbered)


def _name_place(case: Case, area: str) -> str:
    """Return the area with its side, when one alone is treated."""
    side = case.course.sides.get(area, "")
    name = name_area(case.pack, case.words, area)
    return f"{name} ({case.say(f'side.{side}')})" if side else name


def _lines(plan: Plan, area: str) -> list[PlanLine]:
    return [line for line in plan.lines if line.area == area]


def _say_reasons(case: Case, area: str) -> str:
    concerns = dict.fromkeys(line.concern for line in _lines(case.course.plan, area))
    return "; ".join(case.say(f"concern.{concern}") for concern in concerns)


def _say_depth(case: Case, area: str) -> str:
    by_session = [
        [depth.planned_mm for depth in session.depths if depth.area == area]
        for session in case.course.plan.session_plan
    ]
    planned = [depths for depths in by_session if depths]
    if not planned:
        planned = [[line.session1_typical_mm for line in _lines(case.course.plan, area)]]
    unit = case.say("unit.mm")
    first = case.words.span(min(planned[0]), max(planned[0]), places=1, unit=unit)
    most = max(max(depths) for depths in planned)
    if most <= max(planned[0]):
        return first
    return case.say(
        "depth_rises", first=first, most=case.words.span(most, most, places=1, unit=unit)
    )


def _build_concerns(case: Case, spec: BlockSpec) -> Bullets | Paragraph | None:
    told: dict[str, str] = {}
    for concern, item in _find_items(case, spec):
        if item.text not in told:
            proof = "" if item.weighed else _say_proof(case, concern)
            told[item.text] = f"{case.say(item.text)} {proof}".strip()
    texts = tuple(told.values())[: _find_most(case, spec)]
    if not texts:
        return None
    return Paragraph(text=texts[0]) if len(texts) == 1 else Bullets(items=texts)


def list_untold(case: Case) -> tuple[str, ...]:
    """Return the planned concerns for which the sheet has no room to say what it may do."""
    untold: list[str] = []
    for spec in (block for section in case.layout.section for block in section.block):
        if spec.kind == "concerns":
            found = _find_items(case, spec)
            texts = dict.fromkeys(item.text for _, item in found)
            told = tuple(texts)[: _find_most(case, spec)]
            untold += [concern for concern, item in found if item.text not in told]
    return tuple(untold)


def says(case: Case, text: str) -> bool:
    """Return whether a text of the layout is on the sheet."""
    return any(
        item.text == text and item.holds(case.tags, case.cut)
        for section in case.layout.section
        if section.holds(case.tags, case.cut)
        for block in section.block
        if block.holds(case.tags, case.cut)
        for item in block.items
    )


def _find_items(case: Case, spec: BlockSpec) -> list[tuple[str, Item]]:
    """Return each planned concern with the first text that is for it."""
    items = tuple(_items(case, spec.items))
    found = []
    for concern in list_concerns(case.course):
        mine = (item for item in items if f"concern:{concern}" in item.one_of)
        found += [(concern, item) for item in [next(mine, None)] if item]
    return found


def _find_most(case: Case, spec: BlockSpec) -> int | None:
    """Return how many texts there is room for; a screen has room for all."""
    return None if case.recipient.screen else spec.most


def _say_proof(case: Case, concern: str) -> str:
    evidence = case.course.plan.evidence.get(concern)
    if evidence is None or not case.words.has(f"proof.{evidence.grade}"):
        return ""
    return case.say("proof", proof=case.say(f"proof.{evidence.grade}"))


def _build_healing(case: Case, spec: BlockSpec) -> Table | None:
    plan = case.course.plan
    if not plan.session_plan:
        return None
    band = plan.session_plan[0].intensity_band
    rows = case.layout.healing.rows
    columns = tuple(case.say(f"column.{name}") for name in ("when", "see", "act"))
    return Table(
        columns=columns,
        rows=tuple(
            (
                case.say(f"healing.{row}"),
                _say_look(case, band, row),
                say_named(case, spec, f"act_{row}", f"healing.act_{row}"),
            )
            for row in rows
        ),
        meters=case.layout.healing.redness[band],
        meter_heading=case.say("column.redness"),
        meter_words=tuple(case.say(f"redness.{level}") for level in _REDNESS_LEVELS),
    )


def _say_look(case: Case, band: str, row: str) -> str:
    own = f"healing.{band}_{row}"
    return case.say(own if case.words.has(own) else f"healing.all_{row}")


def _build_call(case: Case, spec: BlockSpec) -> CallBox:
    number_line = ""
    if spec.urgency == "clinic":
        closed = "call_out_of_hours" if "out_of_hours" in case.values else "call_urgent_care"
        number_line = f"{case.say('call_clinic')} {case.say(closed)}"
    return CallBox(
        urgency=spec.urgency,
        signs=tuple(case.say(item.text) for item in _items(case, spec.items)),
        number_line=number_line,
        also=" ".join(case.say(item.text) for item in _items(case, spec.also)),
    )


def _build_own_words(case: Case, spec: BlockSpec) -> Quotes | None:
    said = {
        name: words
        for name, words in case.recipient.own_words.said.items()
        if not find_forbidden(case.words.sources, words)
    }
    told = [
        case.say(
            "own_words", label=case.say(item.title or item.text), words=_quote(case, said[name])
        )
        for item in _items(case, spec.items)
        if (name := item.text.removeprefix(OWN)) in said
    ]
    return Quotes(items=tuple(told)) if told else None


def _build_clinic_page(case: Case, spec: BlockSpec) -> ClinicPage | None:
    url = case.recipient.look.page
    if not url:
        return None
    words = " ".join(case.say(item.text) for item in _items(case, spec.items))
    return ClinicPage(
        url=url, words=words, description=case.say("page_code", url=url), coded=spec.coded
    )


def _quote(case: Case, words: str) -> str:
    """Return the words as they were said, as many as there is room for, and say where some miss."""
    every = plain(words).split(" ")
    most = case.layout.budget.own_words
    if len(every) <= most:
        return " ".join(every)
    return case.say("own_words_cut", words=" ".join(every[:most]))


def _build_choice(case: Case, spec: BlockSpec) -> Choice:
    lines = tuple(case.say(item.text) for item in _items(case, spec.lines))
    signed = _items(case, spec.statement) if lines else ()
    return Choice(
        boxes=tuple(case.say(item.text) for item in _items(case, spec.items)),
        statement=" ".join(case.say(item.text) for item in signed),
        lines=lines,
    )


_BUILDERS: Mapping[Kind, Callable[[Case, BlockSpec], Block | None]] = {
    "paragraph": _build_paragraph,
    "bullets": _build_bullets,
    "key_points": _build_key_points,
    "figure": _build_figure,
    "areas": _build_areas,
    "concerns": _build_concerns,
    "visits": lambda case, _: build_visits(case),
    "dated": build_dated,
    "later": build_later,
    "running": build_running,
    "healing": _build_healing,
    "call": _build_call,
    "own_words": _build_own_words,
    "clinic_page": _build_clinic_page,
    "write_lines": lambda _, spec: WriteLines(count=spec.count),
    "choice": _build_choice,
}

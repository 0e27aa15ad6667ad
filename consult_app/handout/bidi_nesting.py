"""How deep each letter lies in embeddings and isolates (Unicode annex 9, rules X1 to X8)."""

from __future__ import annotations

from consult_app.values import dataclass, field

DEEPEST = 125
"""No text is nested deeper; what is, counts as if it were not (rule BD2)."""
STARTS = {"LRI", "RLI", "FSI"}
EMBEDS = {"LRE": ("even", ""), "RLE": ("odd", ""), "LRO": ("even", "L"), "RLO": ("odd", "R")}


@dataclass(slots=True)
class Nesting:
    """Rules X1 to X8: how deep each letter lies in embeddings and isolates.

    Attributes:
        origin: The class of every letter.
        base: Level of the paragraph.
        classes: The same after overrides.
        levels: What is found out.
        ends: Where an isolate that begins at a place ends.
    """

    origin: list[str]
    base: int
    classes: list[str] = field(init=False)
    levels: list[int] = field(init=False)
    ends: dict[int, int] = field(init=False)
    _stack: list[tuple[int, str, bool]] = field(init=False)
    _lost: int = 0
    _lost_embeddings: int = 0
    _open: int = 0

    def __post_init__(self) -> None:
        self.classes = list(self.origin)
        self.levels = [self.base] * len(self.origin)
        self.ends = _match_isolates(self.origin)
        self._stack = [(self.base, "", False)]

    def walk(self) -> None:
        """Go through the paragraph."""
        for place, kind in enumerate(self.origin):
            if kind in STARTS:
                self._note(place)
                self._start(place, kind)
            elif kind in EMBEDS:
                self._embed(*EMBEDS[kind])
            elif kind == "PDI":
                self._end_isolate()
                self._note(place)
            elif kind == "PDF":
                self._end_embedding()
            elif kind != "B":
                self._note(place)

    def _note(self, place: int) -> None:
        level, override, _ = self._stack[-1]
        self.levels[place] = level
        if override and self.origin[place] != "BN":
            self.classes[place] = override

    def _next(self, parity: str) -> int:
        level = self._stack[-1][0]
        return level + (1 if (level % 2 == 1) == (parity == "even") else 2)

    def _start(self, place: int, kind: str) -> None:
        if kind == "FSI":
            inside = self.origin[place + 1 : self.ends.get(place, len(self.origin))]
            kind = "RLI" if _find_first_strong(inside) in {"R", "AL"} else "LRI"
        level = self._next("odd" if kind == "RLI" else "even")
        if level <= DEEPEST and not self._lost and not self._lost_embeddings:
            self._open += 1
            self._stack.append((level, "", True))
        else:
            self._lost += 1

    def _embed(self, parity: str, override: str) -> None:
        level = self._next(parity)
        if level <= DEEPEST and not self._lost and not self._lost_embeddings:
            self._stack.append((level, override, False))
        elif not self._lost:
            self._lost_embeddings += 1

    def _end_isolate(self) -> None:
        if self._lost:
            self._lost -= 1
        elif self._open:
            self._lost_embeddings = 0
            while not self._stack[-1][2]:
                self._stack.pop()
            self._stack.pop()
            self._open -= 1

    def _end_embedding(self) -> None:
        if self._lost:
            return
        if self._lost_embeddings:
            self._lost_embeddings -= 1
        elif len(self._stack) > 1 and not self._stack[-1][2]:
            self._stack.pop()


def _match_isolates(kinds: list[str]) -> dict[int, int]:
    """Return where each isolate ends that is closed (rule BD9)."""
    ends: dict[int, int] = {}
    waiting: list[int] = []
    for place, kind in enumerate(kinds):
        if kind in STARTS:
            waiting.append(place)
        elif kind == "PDI" and waiting:
            ends[waiting.pop()] = place
    return ends


def _find_first_strong(kinds: list[str]) -> str:
    """Return the first class with a direction of its own outside inner isolates (rule P2)."""
    ends = _match_isolates(kinds)
    place = 0
    while place < len(kinds):
        if kinds[place] in {"L", "R", "AL"}:
            return kinds[place]
        place = ends.get(place, len(kinds)) if kinds[place] in STARTS else place
        place += 1
    return ""

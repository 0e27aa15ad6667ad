"""The order in which the sheet is read aloud, kept while it is drawn.

Everything painted is either content of an element (heading, paragraph, list item, table cell,
figure) or marked as decoration; nothing is left unsaid by accident.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from consult_app.handout.objects import Part, Refer, text

Repeats = Literal["Header", "Footer"]

LIST = "/A << /O /List /ListNumbering /None >>"
COLUMN_HEADING = "/A << /O /Table /Scope /Column >>"
ROW_HEADING = "/A << /O /Table /Scope /Row >>"


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a page's content that belongs to an element."""

    page: int
    number: int


@dataclass(slots=True)
class Element:
    """One part of the sheet as it is read: a heading, a list item, a cell.

    Attributes:
        kind: The standard name of the element, such as `H2` or `TD`.
        attributes: Further entries, ready for the file.
        kids: Elements and marks in reading order.
        part: The element in the file.
    """

    kind: str
    attributes: str = ""
    kids: list[Element | Mark] = field(default_factory=list)
    part: Part | None = None


def tell(words: str) -> str:
    """Return the entry that says a picture in words."""
    return f"/Alt {text(words)}"


class Tree:
    """The elements of one document and which of them each page's content belongs to."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self.owners: list[list[Element]] = []
        self._current = self.root
        self._open = False

    def start_page(self) -> None:
        """Begin the marks of a new page."""
        self.owners.append([])

    @contextmanager
    def element(self, kind: str, attributes: str = "") -> Iterator[None]:
        """Put what follows into a new element under the current one."""
        above = self._current
        self._current = Element(kind, attributes)
        above.kids.append(self._current)
        try:
            yield
        finally:
            self._current = above

    @contextmanager
    def content(self, operators: list[str]) -> Iterator[None]:
        """Mark the operators that follow as content of the current element."""
        owners = self.owners[-1]
        self._current.kids.append(Mark(len(self.owners) - 1, len(owners)))
        opening = f"/{self._current.kind} << /MCID {len(owners)} >> BDC"
        owners.append(self._current)
        with self._bracket(operators, opening):
            yield

    @contextmanager
    def decoration(self, operators: list[str], repeats: Repeats | None = None) -> Iterator[None]:
        """Mark the operators that follow as not to be read.

        Args:
            operators: Those of the page.
            repeats: What is repeated, where they are words that only pages need.
        """
        kind = f"/Artifact << /Type /Pagination /Subtype /{repeats} >> BDC"
        with self._bracket(operators, kind if repeats else "/Artifact BMC"):
            yield

    @contextmanager
    def _bracket(self, operators: list[str], opening: str) -> Iterator[None]:
        if self._open:
            raise ValueError("marked content cannot stand inside marked content")
        self._open = True
        operators.append(opening)
        try:
            yield
        finally:
            operators.append("EMC")
            self._open = False


def build(tree: Tree, pages: tuple[Part, ...]) -> Part:
    """Make the structure of the file; each page carries its number as `StructParents`."""
    root = Part(
        lambda refer: (
            f"<< /Type /StructTreeRoot /K {refer(_part(tree.root))} "
            f"/ParentTree {refer(owners)} /ParentTreeNextKey {len(pages)} >>"
        )
    )
    _prepare(tree.root, root, pages)

    def list_owners(refer: Refer) -> str:
        numbers = [
            f"{page} [{' '.join(refer(_part(element)) for element in elements)}]"
            for page, elements in enumerate(tree.owners)
        ]
        return f"<< /Nums [{' '.join(numbers)}] >>"

    owners = Part(list_owners)
    return root


def _prepare(element: Element, parent: Part, pages: tuple[Part, ...]) -> None:
    """Give an element and those below it their parts of the file."""
    element.part = Part(lambda refer: _describe(element, refer(parent), pages, refer))
    for kid in element.kids:
        if isinstance(kid, Element):
            _prepare(kid, element.part, pages)


def _describe(element: Element, parent: str, pages: tuple[Part, ...], refer: Refer) -> str:
    kids = [
        refer(_part(kid))
        if isinstance(kid, Element)
        else f"<< /Type /MCR /Pg {refer(pages[kid.page])} /MCID {kid.number} >>"
        for kid in element.kids
    ]
    return (
        f"<< /Type /StructElem /S /{element.kind} /P {parent} {element.attributes} "
        f"/K [{' '.join(kids)}] >>"
    )


def _part(element: Element) -> Part:
    if element.part is None:
        raise ValueError("the element has no place in the file yet")
    return element.part

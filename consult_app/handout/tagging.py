"""The order in which the sheet is read aloud, kept while it is drawn.

Everything painted is either content of an element (heading, paragraph, list item, table cell,
figure) or marked as decoration; nothing is left unsaid by accident.
"""

from __future__ import annotations

from typing import Literal, NamedTuple
from urllib.parse import quote

from consult_app.handout.objects import Part, Refer, text
from consult_app.values import dataclass

Repeats = Literal["Header", "Footer"]

LIST = "/A << /O /List /ListNumbering /None >>"
COLUMN_HEADING = "/A << /O /Table /Scope /Column >>"
ROW_HEADING = "/A << /O /Table /Scope /Row >>"


class Mark(NamedTuple):
    """A piece of a page's content that belongs to an element."""

    page: int
    number: int


@dataclass(slots=True)
class Link:
    """A place on a page that can be pressed.

    Attributes:
        page: Which.
        bounds: Left, low, right and upper edge, from the lower left corner of the page.
        url: Where it leads.
        words: The same for those who hear the sheet.
        part: The link in the file.
    """

    page: int
    bounds: tuple[float, float, float, float]
    url: str
    words: str
    part: Part | None = None


class Element:
    """One part of the sheet as it is read: a heading, a list item, a cell.

    Attributes:
        kind: The standard name of the element, such as `H2` or `TD`.
        attributes: Further entries, ready for the file.
        kids: Elements and marks in reading order.
        part: The element in the file.
    """

    __slots__ = ("attributes", "kids", "kind", "part")

    def __init__(self, kind: str, attributes: str = "") -> None:
        self.kind = kind
        self.attributes = attributes
        self.kids: list[Element | Mark | Link] = []
        self.part: Part | None = None


def tell(words: str) -> str:
    """Return the entry that says a picture in words."""
    return f"/Alt {text(words)}"


class Tree:
    """The elements of one document and which of them each page's content belongs to.

    Attributes:
        root: The whole document.
        owners: By page, the elements its marks belong to.
        links: Every link with its element.
        current: Where the next element goes.
        marked: Whether what is painted now is marked.
    """

    def __init__(self) -> None:
        self.root = Element("Document")
        self.owners: list[list[Element]] = []
        self.links: list[tuple[Link, Element]] = []
        self.current = self.root
        self.marked = False

    def start_page(self) -> None:
        """Begin the marks of a new page."""
        self.owners.append([])

    def element(self, kind: str, attributes: str = "") -> Within:
        """Put what follows into a new element under the current one."""
        return Within(self, Element(kind, attributes))

    def link(self, bounds: tuple[float, float, float, float], url: str, words: str) -> None:
        """Let a place on the page lead somewhere, as part of the current element."""
        link = Link(len(self.owners) - 1, bounds, url, words)
        self.current.kids.append(link)
        self.links.append((link, self.current))

    def content(self, operators: list[str]) -> Bracket:
        """Mark the operators that follow as content of the current element."""
        owners = self.owners[-1]
        self.current.kids.append(Mark(len(self.owners) - 1, len(owners)))
        opening = f"/{self.current.kind} << /MCID {len(owners)} >> BDC"
        owners.append(self.current)
        return Bracket(self, operators, opening)

    def decoration(self, operators: list[str], repeats: Repeats | None = None) -> Bracket:
        """Mark the operators that follow as not to be read.

        Args:
            operators: Those of the page.
            repeats: What is repeated, where they are words that only pages need.
        """
        kind = f"/Artifact << /Type /Pagination /Subtype /{repeats} >> BDC"
        return Bracket(self, operators, kind if repeats else "/Artifact BMC")


class Within:
    """Lets an element be the current one for a while; a sheet does so hundreds of times."""

    __slots__ = ("_above", "_element", "_tree")

    def __init__(self, tree: Tree, element: Element) -> None:
        self._tree = tree
        self._element = element
        self._above = tree.current

    def __enter__(self) -> None:
        self._above.kids.append(self._element)
        self._tree.current = self._element

    def __exit__(self, *_: object) -> None:
        self._tree.current = self._above


class Bracket:
    """Lets the operators of a while stand between a mark and its end."""

    __slots__ = ("_opening", "_operators", "_tree")

    def __init__(self, tree: Tree, operators: list[str], opening: str) -> None:
        self._tree = tree
        self._operators = operators
        self._opening = opening

    def __enter__(self) -> None:
        if self._tree.marked:
            raise ValueError("marked content cannot stand inside marked content")
        self._tree.marked = True
        self._operators.append(self._opening)

    def __exit__(self, *_: object) -> None:
        self._operators.append("EMC")
        self._tree.marked = False


def build(tree: Tree, pages: tuple[Part, ...]) -> Part:
    """Make the structure of the file; each page carries its number as `StructParents`."""
    root = Part(
        lambda refer: (
            f"<< /Type /StructTreeRoot /K {refer(_part(tree.root))} "
            f"/ParentTree {refer(owners)} "
            f"/ParentTreeNextKey {len(pages) + len(tree.links)} >>"
        )
    )
    _prepare(tree.root, root, pages)
    for number, (link, _) in enumerate(tree.links, start=len(pages)):
        link.part = _make_link(link, number)

    def list_owners(refer: Refer) -> str:
        numbers = [
            f"{page} [{' '.join(refer(_part(element)) for element in elements)}]"
            for page, elements in enumerate(tree.owners)
        ]
        numbers += [
            f"{number} {refer(_part(element))}"
            for number, (_, element) in enumerate(tree.links, start=len(pages))
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
    kids = [_point(kid, pages, refer) for kid in element.kids]
    return (
        f"<< /Type /StructElem /S /{element.kind} /P {parent} {element.attributes} "
        f"/K [{' '.join(kids)}] >>"
    )


def _point(kid: Element | Mark | Link, pages: tuple[Part, ...], refer: Refer) -> str:
    if isinstance(kid, Element):
        return refer(_part(kid))
    page = refer(pages[kid.page])
    if isinstance(kid, Mark):
        return f"<< /Type /MCR /Pg {page} /MCID {kid.number} >>"
    return f"<< /Type /OBJR /Pg {page} /Obj {refer(_part(kid))} >>"


def _make_link(link: Link, number: int) -> Part:
    bounds = " ".join(f"{edge:.2f}" for edge in link.bounds)
    return Part(
        lambda _: (
            f"<< /Type /Annot /Subtype /Link /Rect [{bounds}] /Border [0 0 0] /F 4 "
            f"/StructParent {number} /Contents {text(link.words)} "
            f"/A << /S /URI /URI ({_escape(link.url)}) >> >>"
        )
    )


def _escape(url: str) -> str:
    """Return an address for the file: in plain letters, with its brackets marked."""
    plain = quote(url, safe="%/:?#[]@!$&'()*+,;=~-._")
    return plain.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _part(element: Element | Link) -> Part:
    if element.part is None:
        raise ValueError("the element has no place in the file yet")
    return element.part

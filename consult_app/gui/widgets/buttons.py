# ruff: noqa: N802 - Qt names its own hooks
"""Buttons: primary, secondary, ghost; and one that opens a menu of choices."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from consult_app.gui.icons import draw_icon
from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.widgets.menus import open_beneath
from consult_app.gui.widgets.themed import AT_LEFT, Pressable, is_mirrored, smooth

ICON, GAP = 18, 8
_HEIGHT = {"primary": 48, "secondary": 48, "ghost": TARGET, "quiet": TARGET}
_PADDING = {"primary": 22, "secondary": 18, "ghost": 12, "quiet": 12}
_ROLE = {"primary": "strong", "secondary": "body", "ghost": "control", "quiet": "control"}
_TURNED = {
    "chevron-left": "chevron-right",
    "chevron-right": "chevron-left",
    "arrow-left": "arrow-right",
    "arrow-right": "arrow-left",
}


class Button(Pressable, QPushButton):
    """A push button drawn from tokens, so its states look the same on every system.

    Args:
        theme: The look.
        text: What it does; also its accessible name.
        kind: "primary" (one per screen), "secondary", "ghost" or "quiet".
        icon: Icon name, or ""; arrows turn round where the layout runs from right to left.
        trailing: Whether the icon stands after the text.
        parent: Qt owner.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: str = "secondary",
        icon: str = "",
        *,
        trailing: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind, self._icon, self._trailing = kind, icon, trailing
        self._compact, self._flush, self._role = False, False, _ROLE[kind]
        self._folded = False
        self._widths: dict[str, int] = {}
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.set_text(text)
        self.follow(theme)

    @property
    def words(self) -> str:
        """The text as people see it."""
        return self.text().replace("&&", "&")

    @property
    def kind(self) -> str:
        """The kind of button."""
        return self._kind

    @property
    def is_compact(self) -> bool:
        """Whether only the icon is shown."""
        return self._compact

    @property
    def is_flush(self) -> bool:
        """Whether its words stand at the very edge."""
        return self._flush

    def set_kind(self, kind: str) -> None:
        """Be the primary button of its screen, or no longer."""
        if kind != self._kind:
            self._kind, self._role = kind, _ROLE[kind]
            self.restyle()
            self.updateGeometry()

    def set_text(self, text: str) -> None:
        """Say something else; an ampersand is just an ampersand."""
        if text and text == self.words:
            return
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_icon(self, icon: str) -> None:
        """Show another icon, or none with an empty name."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_compact(self, *, on: bool) -> None:
        """Show only the icon, with the text as tool tip unless it has one; or both again."""
        if on == self._compact:
            return
        self._compact = on
        if self.toolTip() in {"", self.words}:
            self.setToolTip(self.words if on else "")
        self.updateGeometry()
        self.update()

    def set_folded(self, *, on: bool) -> None:
        """Break the words into two lines where the window is narrow; or say them in one."""
        if on != self._folded:
            self._folded = on
            self.updateGeometry()
            self.update()

    def set_flush(self, *, on: bool = True) -> None:
        """Let the text of a ghost button stand at the very edge, in line with a column."""
        self._flush = on
        self.updateGeometry()

    def set_role(self, role: str) -> None:
        """Take another type role, such as "section" for a button that serves as a heading."""
        self._role = role
        self.restyle()

    def restyle(self) -> None:
        """Take the font from the theme."""
        font = self.theme.font(self._role)
        if self._kind == "secondary":
            font.setWeight(QFont.Weight.Medium)
        self.setFont(font)
        self._widths = {}
        super().restyle()

    def sizeHint(self) -> QSize:
        """Return the size that text and icon need, never under the smallest target."""
        text, icon, gap = self._parts()
        width = text + icon + gap + 2 * self._padding()
        height = self.theme.px(_HEIGHT[self._kind])
        return QSize(max(self.theme.px(TARGET), round(width)), height)

    def minimumSizeHint(self) -> QSize:
        """Return the same: text is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, icon and text."""
        with QPainter(self) as painter:
            smooth(painter)
            ink = self._draw_ground(painter)
            self._draw_content(painter, ink)

    def _padding(self) -> int:
        return 0 if self._flush else self.theme.px(_PADDING[self._kind])

    def _parts(self) -> tuple[float, int, int]:
        shown = "" if self._compact else self._lines()
        if shown not in self._widths:
            measure = QFontMetrics(self.font()).horizontalAdvance
            self._widths = {shown: max(map(measure, shown.split("\n")))}
        text = self._widths[shown]
        icon = self.theme.px(ICON) if self._icon else 0
        return text, icon, GAP if text and icon else 0

    def _lines(self) -> str:
        """Return the words as they are shown: folded in two lines that are as short as can be."""
        words = self.words.split(" ")
        if not self._folded or len(words) == 1:
            return self.words
        ways = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)))
        return "\n".join(min(ways, key=lambda way: max(map(len, way))))

    def _draw_ground(self, painter: QPainter) -> QColor:
        theme, enabled = self.theme, self.isEnabled()
        hover, down = self.underMouse() and enabled, self.isDown()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._kind == "primary":
            ground = "accent_pressed" if down else "accent_hover" if hover else "accent"
            painter.setBrush(theme.color(ground if enabled else "subtle"))
            ink = theme.color("on_accent" if enabled else "text3")
        elif self._kind == "secondary":
            painter.setPen(QPen(theme.color("control" if enabled else "line"), 1))
            painter.setBrush(theme.color("line" if down else "subtle" if hover else "surface"))
            ink = theme.color("text" if enabled else "text3")
        else:
            lit = (hover or down or self.isChecked()) and not self._flush
            painter.setBrush(theme.color("accent_soft") if lit else Qt.BrushStyle.NoBrush)
            calm = "text2" if self._kind == "quiet" else "accent_text"
            ink = theme.color(calm if enabled else "text3")
        painter.drawRoundedRect(box, self.radius, self.radius)
        return ink

    def _draw_content(self, painter: QPainter, ink: QColor) -> None:
        text, icon, gap = self._parts()
        box = QRectF(self.rect())
        mirrored = is_mirrored(self)
        left = box.center().x() - (text + icon + gap) / 2
        if self._flush:
            left = box.right() - (text + icon + gap) if mirrored else box.left()
        icon_first = self._trailing == mirrored
        if self._icon:
            name = _TURNED.get(self._icon, self._icon) if mirrored else self._icon
            pixmap = draw_icon(name, ink, icon, self.devicePixelRatioF(), 2)
            x = left if icon_first else left + text + gap
            painter.drawPixmap(QPointF(x, box.center().y() - icon / 2), pixmap)
        if text:
            painter.setPen(ink)
            start = left + (icon + gap if icon_first else 0)
            flags = Qt.AlignmentFlag.AlignCenter if self._folded else AT_LEFT
            painter.drawText(QRectF(start, 0, text + 2, box.height()), flags, self._lines())


class MenuButton(Button):
    """A button whose text names the present choice and which opens a menu of all of them.

    Attributes:
        chosen: Emitted with the id that a person picked.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: str = "ghost",
        *,
        role: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, text, kind, "chevron-down", trailing=True, parent=parent)
        self._choices: tuple[tuple[str, str], ...] = ()
        self._current = ""
        if role:
            self.set_role(role)
        self.clicked.connect(self.open_menu)

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str = "") -> None:
        """Offer these choices.

        Args:
            choices: Pairs of id and text.
            current: The id that is ticked.
        """
        self._choices, self._current = tuple(choices), current

    def open_menu(self) -> QMenu:
        """Open the menu beneath the button and return it."""
        menu = QMenu(self)
        menu.setAccessibleName(self.words)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for choice, text in self._choices:
            action = menu.addAction(text.replace("&", "&&"))
            action.setData(choice)
            action.setCheckable(True)
            action.setChecked(choice == self._current)
        menu.triggered.connect(lambda action: self.chosen.emit(action.data()))
        open_beneath(menu, self)
        return menu

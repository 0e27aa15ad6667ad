"""The look: colour tokens, type sizes and measures, handed to every widget."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from consult_app.errors import ContentError, Fault
from consult_app.gui.fonts import FAMILY, load_fonts
from consult_app.gui.stylesheet import PALETTE, renew_colours, write_stylesheet
from consult_app.paths import find_resources
from consult_app.wording import t

CHOICES = ("system", "light", "dark")
MOVING = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)
"""What Qt itself would let slide or fade."""
_HIGH = Qt.ContrastPreference.HighContrast

TEXT_SIZES = (100, 115, 130)
TARGET = 44
"""Smallest edge of anything to press, in logical pixels at text size 100."""

_W = QFont.Weight
ROLES: Mapping[str, tuple[int, QFont.Weight]] = MappingProxyType(
    {
        "title": (26, _W.DemiBold),
        "section": (16, _W.DemiBold),
        "strong": (15, _W.DemiBold),
        "body": (15, _W.Normal),
        "control": (14, _W.Medium),
        "control_strong": (14, _W.DemiBold),
        "label": (13, _W.Medium),
        "label_strong": (13, _W.DemiBold),
        "caption": (12, _W.Medium),
        "figures": (15, _W.Normal),
    }
)
"""Type roles: size in pixels at text size 100, and weight. Nothing is smaller than 12."""

_ROLE = QPalette.ColorRole


@cache
def load_tokens(look: str, *, high_contrast: bool = False) -> Mapping[str, QColor]:
    """Return the colour of every token of a look.

    Args:
        look: "light" or "dark".
        high_contrast: Whether to lay the stronger outlines over it.

    Raises:
        ContentError: A token names a colour that the palette does not have.
    """
    path = find_resources() / "themes" / f"{look}.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    palette = table["palette"]
    chosen = table["tokens"] | (table["high_contrast"] if high_contrast else {})
    faults = tuple(
        Fault(f"themes/{path.name}: {token}", f'no colour called "{name}"')
        for token, name in chosen.items()
        if name not in palette
    )
    if faults:
        raise ContentError(t("The look of the window has faults."), faults)
    return MappingProxyType({token: QColor(palette[name]) for token, name in chosen.items()})


class Theme(QObject):
    """The one source of colours, fonts and measures; made once and passed to every widget.

    Args:
        choice: "system", "light" or "dark".
        text_percent: 100, 115 or 130; multiplies fonts, heights and fixed widths.
        parent: Qt owner.

    Attributes:
        changed: Emitted after colours or sizes changed and the application was told.
    """

    changed = Signal()

    def __init__(
        self,
        choice: str = "system",
        text_percent: int = 100,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choice = choice
        self._text_percent = text_percent
        self._high_contrast = False
        self._app: QApplication | None = None
        self._fonts: dict[str, QFont] = {}
        self._tokens = load_tokens(self._look())

    @property
    def choice(self) -> str:
        """What was chosen: "system", "light" or "dark"."""
        return self._choice

    @property
    def high_contrast(self) -> bool:
        """Whether outlines are drawn stronger, as the system asks for."""
        return self._high_contrast

    @property
    def text_percent(self) -> int:
        """The text size in percent."""
        return self._text_percent

    @property
    def scale(self) -> float:
        """The text size as a factor."""
        return self._text_percent / 100

    @property
    def dark(self) -> bool:
        """Whether the dark look is in use."""
        return self._look() == "dark"

    def color(self, token: str, alpha: float = 1.0) -> QColor:
        """Return the colour of a token; a name that does not exist raises KeyError."""
        colour = QColor(self._tokens[token])
        if alpha < 1:
            colour.setAlphaF(alpha)
        return colour

    def font(self, role: str) -> QFont:
        """Return the font of a type role, one of `ROLES`; who changes it changes their own."""
        if role not in self._fonts:
            self._fonts[role] = self._make_font(role)
        return QFont(self._fonts[role])

    def _make_font(self, role: str) -> QFont:
        size, weight = ROLES[role]
        font = QFont(FAMILY)
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        if role == "title":
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98)
        if role == "figures":
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def px(self, length: float) -> int:
        """Return a length in logical pixels at the current text size."""
        return round(length * self.scale)

    def choose(self, choice: str) -> None:
        """Take another look: "system", "light" or "dark"."""
        self.use(choice, self._text_percent)

    def set_text_percent(self, percent: int) -> None:
        """Take another text size: one of `TEXT_SIZES`, or a larger one for the patient."""
        self.use(self._choice, percent)

    def use(self, choice: str, percent: int) -> None:
        """Take another look and text size at once; what is in use already changes nothing."""
        if choice not in CHOICES:
            raise ValueError(choice)
        if percent < min(TEXT_SIZES):
            raise ValueError(percent)
        if (choice, percent) == (self._choice, self._text_percent):
            return
        self._choice, self._text_percent = choice, percent
        self._fonts = {}
        self._refresh()

    def follow(self, other: Theme) -> None:
        """Take the contrast of another theme, not its look or its text size."""
        if self._high_contrast != other.high_contrast:
            self._high_contrast = other.high_contrast
            self._refresh()

    def apply(self, app: QApplication) -> None:
        """Dress an application in this look and keep it dressed when something changes."""
        load_fonts(app)
        app.setStyle("Fusion")
        for effect in MOVING:  # nothing moves by itself, whatever the system's own windows do
            app.setEffectEnabled(effect, False)
        if self._app is None:
            self._follow_system(app)
        self._app = app
        self._dress(app)

    def dress(self, widget: QWidget) -> None:
        """Dress a widget and what it holds in this look, whatever look the application has."""
        sheet = write_stylesheet(self.px, self._tokens)
        if sheet != widget.styleSheet():
            widget.setStyleSheet(sheet)

    def palette(self) -> QPalette:
        """Return the palette for Qt's own controls."""
        palette = QPalette()
        for role, token in PALETTE:
            palette.setColor(role, self.color(token))
        for role in (_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("text3"))
        return palette

    def _follow_system(self, app: QApplication) -> None:
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._refresh)
        contrast = hints.accessibility()
        contrast.contrastPreferenceChanged.connect(self._set_contrast)
        self._high_contrast = contrast.contrastPreference() == _HIGH
        self._tokens = load_tokens(self._look(), high_contrast=self._high_contrast)

    def _set_contrast(self, wanted: Qt.ContrastPreference) -> None:
        self._high_contrast = wanted == _HIGH
        self._refresh()

    def _look(self) -> str:
        if self._choice != "system":
            return self._choice
        if QGuiApplication.instance() is None:
            return "light"
        scheme = QGuiApplication.styleHints().colorScheme()
        return "dark" if scheme == Qt.ColorScheme.Dark else "light"

    def _refresh(self) -> None:
        self._tokens = load_tokens(self._look(), high_contrast=self._high_contrast)
        if self._app is not None:
            self._dress(self._app)
        self.changed.emit()

    def _dress(self, app: QApplication) -> None:
        sheet = write_stylesheet(self.px)
        other = sheet != app.styleSheet()
        if other:
            # Qt dresses a widget quickly and changes its clothes slowly: one sheet after another
            # takes five times as long as none in between, and looks the same.
            app.setStyleSheet("")
        app.setFont(self.font("body"))
        app.setPalette(self.palette())
        if other:
            app.setStyleSheet(sheet)
        else:
            renew_colours()

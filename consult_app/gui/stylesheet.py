"""The short style sheet for Qt's own parts: fields, menus, scroll bars, tool tips."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

_ROLE = QPalette.ColorRole
PALETTE = (
    (_ROLE.Window, "canvas"),
    (_ROLE.WindowText, "text"),
    (_ROLE.Base, "surface"),
    (_ROLE.AlternateBase, "subtle"),
    (_ROLE.Text, "text"),
    (_ROLE.Button, "surface"),
    (_ROLE.ButtonText, "text"),
    (_ROLE.Highlight, "accent"),
    (_ROLE.HighlightedText, "on_accent"),
    (_ROLE.PlaceholderText, "text3"),
    (_ROLE.ToolTipBase, "text"),
    (_ROLE.ToolTipText, "surface"),
    (_ROLE.Link, "accent_text"),
    (_ROLE.Accent, "accent"),
    (_ROLE.Mid, "line"),
    (_ROLE.BrightText, "card_line"),
    (_ROLE.Midlight, "accent_soft"),
    (_ROLE.Light, "scroll"),
    (_ROLE.Dark, "control"),
    (_ROLE.Shadow, "text2"),
    (_ROLE.LinkVisited, "stop"),
)
"""The token under each role of the palette; the last six stand there for the sheet alone."""

_SHEET = Template("""
QFrame#topbar, QFrame#rail, QFrame#panel, QFrame#footer { background: $surface; border: 0; }
QFrame#topbar { border-bottom: 1px solid $line; }
QFrame#footer { border-top: 1px solid $line; }
QWidget#canvas { background: $canvas; }
QLineEdit, QPlainTextEdit, QTextEdit {
  background: $surface; color: $text; border: 1px solid $control; border-radius: 10px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit { padding: 0 ${p12}px; min-height: ${p42}px; max-height: ${p42}px; }
QPlainTextEdit, QTextEdit { padding: ${p6}px ${p8}px; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover { border-color: $text3; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 1px solid $accent; }
QLineEdit:disabled, QPlainTextEdit:disabled, QLineEdit:read-only, QPlainTextEdit:read-only {
  background: $subtle; color: $text2; border-color: $line; }
*[faulty="true"], QLineEdit[faulty="true"]:hover, QLineEdit[faulty="true"]:focus,
QPlainTextEdit[faulty="true"]:hover, QPlainTextEdit[faulty="true"]:focus {
  border: 1px solid $stop; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $scroll; border-radius: 3px; min-height: 44px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle:horizontal { background: $scroll; border-radius: 3px; min-width: 44px; }
QScrollBar::handle:hover { background: $control; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; border: 0; }
QMenu { background: $surface; border: 1px solid $control; padding: 6px; }
QMenu::right-arrow, QMenu::left-arrow { width: ${p12}px; height: ${p12}px; }
QMenu::item { padding: 0 ${p28}px 0 ${p12}px; min-height: ${p44}px; border-radius: 8px;
  color: $text; }
QMenu::item:selected { background: $accent_soft; color: $accent_text; }
QMenu::item:disabled { color: $text3; }
QMenu::indicator { width: 18px; height: 18px; margin-left: 10px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $control; outline: 0;
  selection-background-color: $accent_soft; selection-color: $accent_text; }
QComboBox QAbstractItemView::item { min-height: ${p44}px; padding: 0 ${p12}px; }
QListWidget { background: $surface; color: $text; border: 1px solid $card_line;
  border-radius: 10px; outline: 0; padding: 4px; }
QListWidget::item { padding: 0 ${p12}px; border-radius: 8px; }
QListWidget::item:selected { background: $accent_soft; color: $accent_text; }
QToolTip { background: $text; color: $surface; border: 0; padding: 6px 8px; }
""")


_DRESSED = (QLineEdit, QPlainTextEdit, QTextEdit, QScrollBar, QMenu, QAbstractItemView)
_NAMED = ("topbar", "rail", "panel", "footer", "canvas")


def write_stylesheet(px: Callable[[float], int], tokens: Mapping[str, QColor] | None = None) -> str:
    """Return the style sheet, its lengths scaled by `px`.

    Its colours are those of the application's palette, or of these tokens: a sheet knows no other
    palette.
    """
    lengths = {f"p{n}": str(px(n)) for n in (6, 8, 12, 28, 42, 44)}
    # The first role of a token counts: a sheet cannot name those of tool tips.
    colours = {token: f"palette({_spell(role)})" for role, token in reversed(PALETTE)}
    if tokens is not None:
        colours = {token: tokens[token].name() for token in colours}
    return _SHEET.substitute(colours | lengths)


def renew_colours() -> None:
    """Let every widget take the colours of a new palette under the sheet that is in use.

    Under a sheet Qt looks colours up once and hands no new palette down. Another sheet would do
    both, and take five times as long.
    """
    widgets = QApplication.allWidgets()
    for widget in widgets:
        if isinstance(widget, _DRESSED) or widget.objectName() in _NAMED:
            dress(widget)
    inherited = QPalette()
    for widget in widgets:
        if not widget.testAttribute(Qt.WidgetAttribute.WA_SetPalette):
            widget.setPalette(inherited)


def dress(widget: QWidget) -> None:
    """Dress a widget anew, for colours that changed or rules that now apply."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def _spell(role: QPalette.ColorRole) -> str:
    """Return the name of a role in a sheet, such as alternate-base."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", role.name).lower()

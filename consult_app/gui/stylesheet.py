"""The short style sheet for Qt's own parts: fields, menus, scroll bars, tool tips."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Template

from PySide6.QtGui import QColor

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
*[faulty="true"] { border: 1px solid $stop; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $scroll; border-radius: 3px; min-height: 44px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle:horizontal { background: $scroll; border-radius: 3px; min-width: 44px; }
QScrollBar::handle:hover { background: $control; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; border: 0; }
QMenu { background: $surface; border: 1px solid $card_line; padding: 6px; }
QMenu::item { padding: 0 ${p28}px 0 ${p12}px; min-height: ${p44}px; border-radius: 8px;
  color: $text; }
QMenu::item:selected { background: $accent_soft; color: $accent_text; }
QMenu::item:disabled { color: $text3; }
QMenu::indicator { width: 18px; height: 18px; margin-left: 10px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $card_line; outline: 0;
  selection-background-color: $accent_soft; selection-color: $accent_text; }
QComboBox QAbstractItemView::item { min-height: ${p44}px; padding: 0 ${p12}px; }
QListWidget { background: $surface; color: $text; border: 1px solid $card_line;
  border-radius: 10px; outline: 0; padding: 4px; }
QListWidget::item { padding: 0 ${p12}px; border-radius: 8px; }
QListWidget::item:selected { background: $accent_soft; color: $accent_text; }
QToolTip { background: $text; color: $surface; border: 0; padding: 6px 8px; }
""")


def write_stylesheet(tokens: Mapping[str, QColor], px: Callable[[float], int]) -> str:
    """Return the style sheet for these colours, its lengths scaled by `px`."""
    lengths = {f"p{n}": str(px(n)) for n in (6, 8, 12, 28, 42, 44)}
    colours = {token: colour.name() for token, colour in tokens.items()}
    return _SHEET.substitute(colours | lengths)

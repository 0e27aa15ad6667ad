"""The photographs of a visit: taken in by angle, seen small, taken out again. Never needed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from consult_app.domain.consultation import Photograph
from consult_app.errors import ConsultError
from consult_app.gui.commands import fill_keys
from consult_app.gui.desk import Desk
from consult_app.gui.files_chosen import choose_file
from consult_app.gui.gate.page import describe
from consult_app.gui.panel import swap
from consult_app.gui.photographs import read_photograph, show_photograph
from consult_app.gui.session import Session
from consult_app.gui.tasks import Tasks
from consult_app.gui.theme import Theme
from consult_app.gui.widgets.buttons import Button, MenuButton
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.flow import FlowBox
from consult_app.gui.widgets.labels import Label
from consult_app.gui.widgets.notice import Notice
from consult_app.gui.widgets.themed import show_in_place
from consult_app.knowledge.visits.photographs import ANGLES, CLOSE_UP
from consult_app.wording import t

KINDS = t("Pictures (*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp)")
REFUSED = t("The patient said no to photographs for the record.")
INSTEAD = t("{angle}: in place of the one kept")
WIDE, HIGH = 132, 99


class Picture(QLabel):
    """A kept photograph, read and made small beside the window.

    Args:
        desk: Where it is kept.
        key: Its key.
        name: What it shows, in words.
        room: The most that it takes, in logical pixels.
    """

    def __init__(self, desk: Desk, key: str, name: str, room: QSize) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedSize(room)
        self._tasks = Tasks(self._fail, self)
        ratio = self.devicePixelRatioF()
        points = (room.toSizeF() * ratio).toSize()
        read = desk.records.read_photograph
        self._tasks.run(lambda: show_photograph(read(key), points), self._show)

    def _show(self, image: QImage) -> None:
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self.setPixmap(pixmap)
        self.setFixedHeight(round(pixmap.deviceIndependentSize().height()))

    def _fail(self, error: Exception) -> None:
        self.setWordWrap(True)
        self.setText(error.title if isinstance(error, ConsultError) else t("Cannot be shown"))


class PhotoSet(QWidget):
    """Shows and changes `skin.pictures` of a visit; one photograph for each angle.

    Of close-ups any number is kept, as each may show another place.

    Attributes:
        refused: Says that the patient refused.
        notice: Says that a file could not be taken in.
    """

    def __init__(self, theme: Theme, desk: Desk, session: Session) -> None:
        super().__init__()
        self._theme, self._desk, self._session = theme, desk, session
        self._tasks = Tasks(self._fail, self)
        self._shown: tuple[Photograph, ...] = ()
        self._tiles: QWidget | None = None
        self.refused = Notice(theme, parent=self)
        self.notice = Notice(theme, speaks=True, parent=self)
        self.refused.set_dismissible(on=False)
        self.add = MenuButton(theme, t("Add a photograph"), "secondary")
        self.add.chosen.connect(self._choose)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        for part in (self.refused, self.notice):
            self._column.addWidget(part)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def make_card(self, words: str) -> Card:
        """Return a card of their own for visits that have no other room, with what to take."""
        card = Card(self._theme, t("Photographs"))
        card.add(Label(self._theme, fill_keys(words), "body", "text2", wrap=True))
        card.add(self)
        return card

    def refresh(self) -> None:
        """Show what is recorded."""
        visit, last = self._session.visit, self._session.last
        told = visit if visit.kind == "consultation" or last is None else last
        self.refused.show_text(REFUSED if told.agreement.photos_record is False else "", "warn")
        pictures = visit.skin.pictures
        kept = {it.angle for it in pictures} - {CLOSE_UP}
        self.add.set_choices(
            [(it, INSTEAD.format(angle=name) if it in kept else name) for it, name in ANGLES]
        )
        if pictures != self._shown:
            self._shown = pictures
            self._tiles = swap(self._column, self._tiles, self._make_tiles(pictures))

    def take_in(self, angle: str, source: Path) -> None:
        """Keep the photograph in a file under an angle, beside the window."""
        keep = self._desk.records.keep_photograph
        self._tasks.run(lambda: keep(read_photograph(source)), partial(self._record, angle))

    def _record(self, angle: str, key: str) -> None:
        if self._session.locked:
            self._desk.records.drop_photographs((key,), self._session.visit.patient_id)
            return
        self.notice.show_text("")
        now = self._desk.clock().replace(microsecond=0)
        taken = Photograph(angle=angle, attachment=key, added_at=now)
        skin = self._session.visit.skin
        others = tuple(it for it in skin.pictures if angle == CLOSE_UP or it.angle != angle)
        ticked = skin.photos if angle in skin.photos else (*skin.photos, angle)
        changed = replace(skin, pictures=(*others, taken), photos=ticked)
        self._session.set("skin", changed)

    def _remove(self, key: str) -> None:
        pictures = self._session.visit.skin.pictures
        left = tuple(it for it in pictures if it.attachment != key)
        self._session.set("skin.pictures", left)

    def _choose(self, angle: str) -> None:
        choose_file(self, t("Add a photograph"), KINDS, lambda path: self.take_in(angle, path))

    def _fail(self, error: Exception) -> None:
        if isinstance(error, ConsultError):
            self.notice.show_text(describe(error), "stop")
        else:
            self.notice.show_text(t("This photograph could not be kept."), "stop")

    def _make_tiles(self, pictures: tuple[Photograph, ...]) -> QWidget:
        tiles = FlowBox(t("Photographs kept"))
        names = dict(ANGLES)
        for picture in pictures:
            name = names.get(picture.angle, picture.angle)
            tiles.add(self._make_tile(picture.attachment, name))
        show_in_place(tiles, on=bool(pictures))
        return tiles

    def _make_tile(self, key: str, name: str) -> QWidget:
        tile = QWidget()
        tile.setFixedWidth(self._theme.px(WIDE))
        column = QVBoxLayout(tile)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        room = QSize(self._theme.px(WIDE), self._theme.px(HIGH))
        column.addWidget(Picture(self._desk, key, name, room))
        row = QHBoxLayout()
        row.addWidget(Label(self._theme, name, "caption", "text2", wrap=True), 1)
        remove = Button(self._theme, t("Remove"), "quiet", "x")
        remove.set_compact(on=True)
        remove.setAccessibleName(t("Remove the photograph: {angle}", angle=name))
        remove.clicked.connect(lambda: self._remove(key))
        row.addWidget(remove)
        column.addLayout(row)
        return tile

"""Line icons, recoloured and cached as pixmaps."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from consult_app.errors import FileError
from consult_app.paths import find_resources
from consult_app.wording import t

STROKE = 1.75


@functools.lru_cache(maxsize=128)
def _source(name: str) -> str:
    path = find_resources() / "icons" / f"{name}.svg"
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise FileError(
            t('The icon "{name}" could not be read.', name=name),
            t("Install the program again; no record is affected."),
        ) from error


@functools.lru_cache(maxsize=512)
def _draw(name: str, colour: str, size: int, ratio: float, stroke: float) -> QPixmap:
    text = _source(name).replace("currentColor", colour)
    text = text.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, size, size))
    return pixmap


def draw_icon(
    name: str, colour: QColor, size: int, ratio: float = 1.0, stroke: float = STROKE
) -> QPixmap:
    """Return an icon as a pixmap; the same request is drawn only once.

    Args:
        name: File name without its ending in `resources/icons`, such as "check".
        colour: Colour of the lines.
        size: Edge in logical pixels.
        ratio: Device pixels per logical pixel.
        stroke: Line width on the 24-unit grid.

    Raises:
        FileError: There is no such icon.
    """
    return _draw(name, colour.name(), size, ratio, stroke)

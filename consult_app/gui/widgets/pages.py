"""Several pages in one place, of which one is shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Pages(QWidget):
    """Shows one page, as large as itself.

    Qt's own stack asks every page, also those nobody sees, how high it would be at its width, each
    time a page is turned or a line of text changes. This one has a size given to it and asks none.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: QWidget | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self._page

    def add_page(self, page: QWidget) -> None:
        """Take a page in, to be shown later."""
        page.hide()
        page.setParent(self)

    def lay_out_page(self, page: QWidget) -> None:
        """Give a page that was taken in the size and the layout it will have once it is shown."""
        page.setGeometry(self.rect())
        # What is hidden gets to know its size when it is shown or, as here, painted elsewhere.
        page.grab(QRect(0, 0, 1, 1))

    def show_page(self, page: QWidget) -> None:
        """Show a page in the place of the other; it takes the keyboard from it, too."""
        if page.parentWidget() is not self:
            self.add_page(page)
        old, self._page = self._page, page
        page.setGeometry(self.rect())
        page.show()
        if old is None or old is page:
            return
        if old.isAncestorOf(self.window().focusWidget()):
            field: QWidget | None = page.focusWidget()
            (page if field is None else field).setFocus(Qt.FocusReason.OtherFocusReason)
        old.hide()

    def delete_page(self, page: QWidget) -> None:
        """Take a page down here and now; nothing in it may be at work."""
        self.drop_page(page)
        page.deleteLater()
        QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)

    def drop_page(self, page: QWidget) -> None:
        """Show a page no more; its owner deletes it, and until then it stays in here.

        Taken out, it would be Python's to delete at once, while one of its buttons is at work.
        """
        if page is self._page:
            self._page = None
        page.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give the page its size."""
        super().resizeEvent(event)
        if self._page is not None:
            self._page.setGeometry(self.rect())

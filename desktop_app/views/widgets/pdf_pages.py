"""A PDF's pages on screen, one under the other, each drawn off the UI thread when it shows."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

GAP = 16
MARGIN = 20
ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
KEPT = 8  # pages kept drawn, about 6 MB each at 150 %

_PDFIUM = threading.Lock()
"""pdfium serves one thread at a time, whatever the document."""


class Query(Protocol):
    """``Operations.query``: runs ``call`` off the UI thread, then ``done`` on it."""

    def __call__(
        self,
        call: Callable[[], QImage],
        done: Callable[[QImage], None],
        *,
        owner: QWidget,
        key: str = "",
    ) -> object: ...


class PdfFile:
    """A PDF opened to be drawn. Sizes are in points; ``image`` may be called from any thread."""

    def __init__(self, path: Path) -> None:
        import pypdfium2

        self._content = path.read_bytes()
        with _PDFIUM:
            self._document = pypdfium2.PdfDocument(self._content)
            self.sizes = tuple(
                self._document.get_page_size(index) for index in range(len(self._document))
            )

    def image(self, index: int, scale: float) -> QImage:
        """The page drawn at ``scale`` pixels a point; empty once the file is closed."""
        with _PDFIUM:
            if self._document is None:
                return QImage()
            page = self._document[index]
            bitmap = page.render(scale=scale, prefer_bgrx=True)
            form = QImage.Format.Format_RGB32
            drawn = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, form)
            image = drawn.copy()
            bitmap.close()
            page.close()
        return image

    def close(self) -> None:
        with _PDFIUM:
            if self._document is not None:
                self._document.close()
                self._document = None


class PdfPages(QAbstractScrollArea):
    """Signal: ``page_changed(number, count)``, numbers from 1, as pages pass under the eye."""

    page_changed = Signal(int, int)

    def __init__(self, query: Query, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._query = query
        self._file: PdfFile | None = None
        self._images: dict[int, QImage] = {}
        self._asked: set[int] = set()
        self._zoom: float | None = None
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setAccessibleName("Pages du document")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._moved)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    def open(self, path: Path) -> None:
        """Shows another file. Raises OSError when it cannot be read."""
        self.close_file()
        self._file = PdfFile(path)
        self._forget()
        self.verticalScrollBar().setValue(0)
        self._moved()

    def close_file(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        self._forget()

    @property
    def page_count(self) -> int:
        return len(self._file.sizes) if self._file else 0

    @property
    def page(self) -> int:
        """The number of the page in the middle of the view, from 1; 0 without a document."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        rects = self._rects()
        return max(min(1, len(rects)), sum(1 for rect in rects if rect.top() <= middle))

    def show_page(self, number: int) -> None:
        rects = self._rects()
        if rects:
            rect = rects[max(1, min(number, len(rects))) - 1]
            self.verticalScrollBar().setValue(rect.top() - MARGIN)

    def set_zoom(self, zoom: float | None) -> None:
        """None fits the width."""
        self._zoom = zoom
        self._forget()

    def step_zoom(self, step: int) -> None:
        current = self._scale() / self._pixels_a_point()
        if step > 0:
            self.set_zoom(next((zoom for zoom in ZOOMS if zoom > current + 0.01), ZOOMS[-1]))
        else:
            lower = [zoom for zoom in ZOOMS if zoom < current - 0.01]
            self.set_zoom(lower[-1] if lower else ZOOMS[0])

    def sizeHint(self) -> QSize:
        return QSize(760, 640)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Home:
                bar.setValue(0)
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                bar.setValue(bar.value() + bar.pageStep())
            case Qt.Key.Key_PageUp:
                bar.setValue(bar.value() - bar.pageStep())
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self._zoom is None:
            self._forget()
        self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Window))
        left, top = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        for index, rect in enumerate(self._rects()):
            place = rect.translated(-left, -top)
            if not place.intersects(event.rect()):
                continue
            painter.fillRect(place, QColor(Qt.GlobalColor.white))
            painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
            if index in self._images:
                painter.drawImage(place, self._images[index])
            else:
                self._ask(index)

    def _moved(self) -> None:
        self.viewport().update()
        if self._file:
            self.page_changed.emit(self.page, self.page_count)

    def _ask(self, index: int) -> None:
        if self._file is None or index in self._asked:
            return
        self._asked.add(index)
        file, scale = self._file, self._scale() * self.devicePixelRatioF()
        self._query(
            lambda: file.image(index, scale),
            lambda image: self._drawn(index, scale, image),
            owner=self,
            key=f"page {index}",
        )

    def _drawn(self, index: int, scale: float, image: QImage) -> None:
        if image.isNull() or scale != self._scale() * self.devicePixelRatioF():
            return
        while len(self._images) >= KEPT:
            farthest = max(self._images, key=lambda page: abs(page - index))
            del self._images[farthest]
            self._asked.discard(farthest)
        self._images[index] = image
        self.viewport().update()

    def _forget(self) -> None:
        self._images.clear()
        self._asked.clear()
        self._measure()
        self.viewport().update()

    def _pixels_a_point(self) -> float:
        return self.logicalDpiX() / 72

    def _scale(self) -> float:
        """Pixels a point."""
        if self._zoom is not None or not self._file or not self._file.sizes:
            return (self._zoom or 1.0) * self._pixels_a_point()
        widest = max(width for width, _ in self._file.sizes)
        room = max(200, self.viewport().width() - 2 * MARGIN)
        return float(min(room / widest, 1.6 * self._pixels_a_point()))

    def _rects(self) -> list[QRect]:
        if self._file is None:
            return []
        scale, rects, top = self._scale(), [], MARGIN
        for width, height in self._file.sizes:
            wide, high = round(width * scale), round(height * scale)
            left = max(MARGIN, (self.viewport().width() - wide) // 2)
            rects.append(QRect(left, top, wide, high))
            top += high + GAP
        return rects

    def _measure(self) -> None:
        rects = self._rects()
        height = rects[-1].bottom() + MARGIN if rects else 0
        width = max((rect.right() + MARGIN for rect in rects), default=0)
        view = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(0, height - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setRange(0, max(0, width - view.width()))
        self.horizontalScrollBar().setPageStep(view.width())

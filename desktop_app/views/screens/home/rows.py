"""The rows of the first screen's lists: each is a button that opens what it speaks of."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.french import plural, short_day, time
from desktop_app.services.home.rows import UpcomingVisit
from desktop_app.services.visits.follow_up_rows import FollowUpRow
from desktop_app.views.look.theme import current_tokens, dp
from desktop_app.views.tables.action_text import (
    context_text,
    delay_text,
    delay_tone,
    delay_words,
)
from desktop_app.views.widgets.pill import Pill
from desktop_app.views.widgets.text import small, strong
from desktop_app.views.widgets.tone_line import line


class RowButton(QAbstractButton):
    """A row that can be clicked, or opened with Entrée or Espace; a rule is drawn under it."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.columns = QHBoxLayout(self)
        self.columns.setContentsMargins(dp(2), dp(7), dp(2), dp(8))
        self.columns.setSpacing(dp(10))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(-0.5, 0.5, 0.5, -1.5)
        if self.underMouse() or self.isDown():
            painter.fillRect(area, QColor(colours["neutral_bg"]))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(colours["line"]))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours["focus"]), 2))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 4, 4)
        painter.end()


class UpcomingRow(RowButton):
    def __init__(self, visit: UpcomingVisit, parent: QWidget | None = None) -> None:
        place = ", ".join(part for part in (visit.site_name, visit.commune) if part)
        due = plural(visit.due_count, "mesure due", "mesures dues") if visit.due_count else ""
        about = " · ".join(part for part in (visit.enterprise, due) if part)
        day = short_day(visit.date)
        hour = "" if visit.start_time is None else time(visit.start_time)
        super().__init__(f"{day} {hour}, {place}, {about}", parent)
        self.visit = visit
        when = QVBoxLayout()
        when.setSpacing(dp(1))
        day_label = strong(day)
        day_label.setWordWrap(False)
        day_label.setMinimumWidth(dp(70))
        when.addWidget(day_label)
        hour_label = small(hour)
        hour_label.setWordWrap(False)
        when.addWidget(hour_label)
        when.addStretch(1)
        what = QVBoxLayout()
        what.setSpacing(dp(1))
        what.addWidget(line(place, "strong", "ink"))
        what.addWidget(line(about))
        self.columns.addLayout(when)
        self.columns.addLayout(what, 1)


class FollowUpButton(RowButton):
    def __init__(self, row: FollowUpRow, parent: QWidget | None = None) -> None:
        super().__init__(f"{row.what}, {context_text(row)}, {delay_words(row)}", parent)
        self.row = row
        what = QVBoxLayout()
        what.setSpacing(dp(1))
        what.addWidget(line(row.what, "strong", "ink"))
        what.addWidget(line(context_text(row)))
        self.columns.addLayout(what, 1)
        self.columns.addWidget(
            Pill(delay_text(row), delay_tone(row)), 0, Qt.AlignmentFlag.AlignVCenter
        )

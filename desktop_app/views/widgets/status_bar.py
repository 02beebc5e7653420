"""The window's foot: what is safe, and who is writing. Always there."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop_app.views.look.theme import dp, repolish

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QPaintEvent


class _GivesWay(QLabel):
    """Ends with « … » where the place is short, and says it whole in its tool tip.

    As ``ElidedLabel``, which imports what costs too much before the first paint.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(1)

    def paintEvent(self, event: "QPaintEvent") -> None:
        room = self.contentsRect()
        if self.fontMetrics().horizontalAdvance(self.text()) <= room.width():
            self.setToolTip("")
            super().paintEvent(event)
            return
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QPainter

        from desktop_app.views.widgets.text import tip

        self.setToolTip(tip(self.text()))
        painter = QPainter(self)
        right = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.text(), right, room.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()


class StatusBar(QFrame):
    """Texts left to right: saving, last backup, author and device; at the right, a warning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setAccessibleName("État du carnet")
        row = self._row = QHBoxLayout(self)
        self.set_margins()
        self._safe = self._unsaved = ""
        self.saving = QLabel("Aucun carnet ouvert")
        self.backup = _GivesWay()
        self.author = _GivesWay()
        self.banner = QLabel()
        for label in (self.saving, self.backup, self.author):
            row.addWidget(label)
        row.addStretch(1)
        row.addWidget(self.banner)

    def set_margins(self) -> None:
        """For the size of the text in force."""
        self._row.setContentsMargins(dp(14), dp(4), dp(14), dp(5))
        self._row.setSpacing(dp(22))

    def show_saved(self, moment: "dt.datetime") -> None:
        self._safe = f"Enregistré à {moment:%H:%M:%S}"
        if not self._unsaved:
            self._say(self.saving, self._safe)

    def show_unsaved(self, words: str) -> None:
        """What is not in the notebook goes before what is; '' once nothing is left."""
        if words == self._unsaved:
            return
        self._unsaved = words
        self._say(self.saving, words or self._safe, "warn" if words else "")

    def show_failure(self) -> None:
        self._say(self.saving, "Modification non enregistrée", "warn")

    def show_opened(self) -> None:
        self._unsaved, self._safe = "", "Tout est enregistré"
        self._say(self.saving, self._safe)

    def show_closed(self) -> None:
        self._unsaved = ""
        self._say(self.saving, "Aucun carnet ouvert")
        for label in (self.backup, self.author, self.banner):
            label.clear()

    def show_backup(self, moment: "dt.datetime | None", today: "dt.date") -> None:
        """``moment`` is the local time of the last copy made from this laptop."""
        import datetime as dt

        from desktop_app import french

        if moment is None:
            self._say(self.backup, "Jamais sauvegardé", "warn")
            return
        day = moment.date()
        days = {today: "aujourd’hui", today - dt.timedelta(1): "hier"}
        name = days.get(day, french.date(day))
        old = "warn" if (today - day).days > 7 else ""
        self._say(self.backup, f"Dernière sauvegarde\u00a0: {name} {moment:%H:%M}", old)

    def show_author(self, agent: str, device: str) -> None:
        self._say(self.author, " · ".join(part for part in (agent, device) if part))

    def show_banner(self, words: str) -> None:
        self._say(self.banner, words, "warn" if words else "")

    def _say(self, label: QLabel, words: str, tone: str = "") -> None:
        """Plain text, never HTML. Qt's enumerations take 9 ms to make: not before painting."""
        from PySide6.QtCore import Qt

        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setText(words)
        if label.property("tone") != tone:
            label.setProperty("tone", tone)
            repolish(label)

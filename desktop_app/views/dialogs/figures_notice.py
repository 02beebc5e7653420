"""Told once when an older notebook is opened, and again at will: which figures changed, and why."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.french import plural
from desktop_app.services.results.figures_notice import ChangedFigure, FiguresNotice
from desktop_app.views.look.theme import dp
from desktop_app.views.tables.row_model import Column, RowModel
from desktop_app.views.tables.row_view import RowView
from desktop_app.views.widgets.buttons import primary
from desktop_app.views.widgets.text import muted, text

LABEL = 1
AGAIN = (
    "À relire quand vous voulez\u00a0: menu, «\u00a0Ce que les nouvelles règles ont changé\u00a0»."
)

COLUMNS: tuple[Column[ChangedFigure], ...] = (
    Column("", lambda f: f.code, subline=lambda f: f.experiment, bold=True),
    Column("Indicateur", lambda f: f.label, subline=lambda f: f.why),
    Column("Avant", lambda f: f.before, subline=lambda f: f.state_before, right=True),
    Column("Maintenant", lambda f: f.now, subline=lambda f: f.state_now, right=True, bold=True),
)


class FiguresNoticeDialog(QDialog):
    """« J’ai lu » closes it; nothing in the notebook depends on it."""

    def __init__(self, notice: FiguresNotice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Nouvelles règles de calcul")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        room = self.screen().availableGeometry()
        self.resize(min(dp(980), room.width() - 60), min(dp(640), room.height() - 80))
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(24), dp(18), dp(24), dp(18))
        column.setSpacing(dp(10))
        count = plural(len(notice.figures), "indicateur se lit", "indicateurs se lisent")
        column.addWidget(text("Vos chiffres suivent de nouvelles règles", "h1"))
        column.addWidget(
            text(f"Rien de ce que vous avez saisi n’a changé. {count} autrement qu’avant.")
        )
        for sentence in notice.general:
            column.addWidget(muted(f"•\u00a0{sentence}"))
        self.model = RowModel(COLUMNS, lambda figure: f"{figure.experiment} {figure.code}")
        self.model.set_rows(notice.figures)
        self.table = RowView(self.model, "Chiffres qui ont changé", stretch=LABEL, least=280)
        self.table.setVisible(bool(notice.figures))
        column.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.addWidget(muted(AGAIN), 1)
        self.done_button = primary("J’ai lu")
        self.done_button.clicked.connect(self.accept)
        foot.addWidget(self.done_button)
        column.addLayout(foot)
        self.table.select(0)
        self.done_button.setFocus()

"""« Cadre d’évaluation »: objectives and indicators, and the fiche of the one chosen."""

from collections.abc import Mapping

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.programme.experiment_rows import IndicatorRow, ObjectiveRow
from desktop_app.services.results.rows import DefinitionChange
from desktop_app.views.dialogs.indicator_form import IndicatorDialog
from desktop_app.views.dialogs.objective_form import ObjectiveDialog
from desktop_app.views.dialogs.undo import run_with_undo
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.screens.experiment.fiche import FicheCard
from desktop_app.views.tables.experiment_framework import FREQUENCY, LABEL, FrameworkTableModel
from desktop_app.views.tables.row_view import RowView
from desktop_app.views.widgets.card_grid import framed, share
from desktop_app.views.widgets.empty_state import EmptyState
from desktop_app.views.widgets.toolbar import Toolbar

WIDE = 900
Record = ObjectiveRow | IndicatorRow


class FrameworkPanel(QWidget):
    """Entrée edits, Suppr deletes, Alt+↑ and Alt+↓ move, Inser adds an indicator."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.context = context
        self.experiment_id = ""
        self.objectives: tuple[ObjectiveRow, ...] = ()
        self._wanted = ""
        self._histories: Mapping[str, tuple[DefinitionChange, ...]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(dp(12))
        self._empty = EmptyState(
            "target",
            "Pas encore d’objectif",
            "Écrivez ce que l’expérimentation veut changer, puis comment vous le mesurerez\u00a0: "
            "c’est ce qui sera relevé à chaque visite.",
            "Ajouter un objectif…",
            self.add_objective,
        )
        self._empty.hide()
        column.addWidget(self._empty)
        self.toolbar = Toolbar(
            (
                ("Ajouter un objectif…", "Shift+Ins", self.add_objective),
                ("Ajouter un indicateur…", "Ins", self.add_indicator),
                ("Modifier…", "F2", self.edit),
                ("Monter", "Alt+Up", lambda: self.shift(-1)),
                ("Descendre", "Alt+Down", lambda: self.shift(1)),
                ("Supprimer", "Del", self.delete),
            )
        )
        self.toolbar.bind(self, everywhere=("Ins", "Shift+Ins"))
        column.addWidget(self.toolbar)
        self._lay_out_table()
        column.addWidget(self._full)
        column.addStretch(1)

    def _lay_out_table(self) -> None:
        self._full = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._full)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(dp(14))
        self.model = FrameworkTableModel()
        self.table = RowView(
            self.model,
            "Objectifs et indicateurs",
            stretch=LABEL,
            optional=(FREQUENCY,),
            whole=True,
        )
        self.table.opened.connect(lambda _row: self.edit())
        self.table.chosen.connect(self._choose)
        frame = framed(self.table)
        left = QVBoxLayout()
        left.addWidget(frame)
        left.addStretch(1)
        share(self._row, left, 60)
        self.fiche = FicheCard()
        right = QVBoxLayout()
        right.addWidget(self.fiche)
        right.addStretch(1)
        share(self._row, right, 40)

    @property
    def current(self) -> Record | None:
        row = self.table.current_row
        return row if isinstance(row, ObjectiveRow | IndicatorRow) else None

    def show_objectives(
        self,
        experiment_id: str,
        objectives: tuple[ObjectiveRow, ...],
        histories: Mapping[str, tuple[DefinitionChange, ...]],
    ) -> None:
        """Keeps what is chosen, or chooses what was just created.

        ``histories``: what changed in each indicator's definition, by indicator.
        """
        self._histories = histories
        current = self.current
        kept = self._wanted or ("" if current is None else current.id)
        self._wanted = ""
        self.experiment_id = experiment_id
        self.objectives = objectives
        self.model.set_objectives(objectives)
        self.table.adjust()
        self._empty.setVisible(not objectives)
        self.toolbar.setVisible(bool(objectives))
        self._full.setVisible(bool(objectives))
        position = self.model.position(kept)
        self.table.select(position if position >= 0 else max(self.model.first_row(), 0))
        self._choose(self.current)

    def _choose(self, row: object) -> None:
        history = self._histories.get(row.id, ()) if isinstance(row, IndicatorRow) else ()
        self.fiche.show_record(row, history)

    def add_objective(self) -> None:
        dialog = ObjectiveDialog(self.context, self.experiment_id, None, self.window())
        dialog.saved.connect(self._want)
        dialog.open()

    def add_indicator(self) -> None:
        """Under the chosen objective, or that of the chosen indicator."""
        current = self.current
        if current is None:
            return
        objective = current.objective_id if isinstance(current, IndicatorRow) else current.id
        dialog = IndicatorDialog(self.context, objective, None, self.window())
        dialog.saved.connect(self._want)
        dialog.open()

    def edit(self) -> None:
        match self.current:
            case ObjectiveRow() as objective:
                ObjectiveDialog(self.context, self.experiment_id, objective, self.window()).open()
            case IndicatorRow() as indicator:
                IndicatorDialog(
                    self.context, indicator.objective_id, indicator, self.window()
                ).open()

    def delete(self) -> None:
        framework = self.context.services.framework
        match self.current:
            case ObjectiveRow() as objective:
                run_with_undo(
                    self.context,
                    lambda: framework.delete_objective(objective.id),
                    "Objectif supprimé.",
                )
            case IndicatorRow() as indicator:
                run_with_undo(
                    self.context,
                    lambda: framework.delete_indicator(indicator.id),
                    f"Indicateur {indicator.code} supprimé. Ses mesures sont gardées.",
                )

    def shift(self, step: int) -> None:
        """``step`` is -1 upwards, 1 downwards, among its neighbours."""
        current = self.current
        if current is None:
            return
        framework = self.context.services.framework
        objective = isinstance(current, ObjectiveRow)
        move = framework.move_objective if objective else framework.move_indicator
        self.context.operations.run(lambda: move(current.id, step), failed=self.context.notify.show)

    def _want(self, row: object) -> None:
        """What was created becomes the chosen row, once read again."""
        if isinstance(row, ObjectiveRow | IndicatorRow):
            self._wanted = row.id

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= dp(WIDE)
        self._row.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

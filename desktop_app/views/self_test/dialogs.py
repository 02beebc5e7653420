"""The dialogs that no command of the window opens, opened as their screens do."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop_app.certain import of_kind

if TYPE_CHECKING:
    from desktop_app.services.visits.visit_rows import VisitRow
    from desktop_app.views.window.main_window import MainWindow

Ask = Callable[["MainWindow", "VisitRow"], object]


def _action(window: "MainWindow", _visit: "VisitRow") -> None:
    from desktop_app.views.dialogs.action_form import ActionDialog

    ActionDialog(window.context(), parent=window).open()


def _crash(window: "MainWindow", _visit: "VisitRow") -> None:
    from desktop_app.views.dialogs.crash import CrashDialog

    CrashDialog("Rapport d’essai", None, window).open()


def _directory(window: "MainWindow", _visit: "VisitRow") -> None:
    from desktop_app.views.dialogs.directory_dialog import DirectoryDialog

    DirectoryDialog(window.context(), parent=window).open()


def _enterprise(window: "MainWindow", _visit: "VisitRow") -> None:
    from desktop_app.views.dialogs.directory_form import DirectoryFormDialog

    DirectoryFormDialog(window.context(), "enterprise", parent=window).open()


def _experiment(window: "MainWindow", visit: "VisitRow") -> None:
    from desktop_app.views.dialogs.experiment_form import open_experiment_dialog

    open_experiment_dialog(window.context(), window, visit.experiment_id, lambda _: None)


def _follow_up(window: "MainWindow", _visit: "VisitRow") -> None:
    from desktop_app.views.dialogs.follow_up import FollowUpDialog

    FollowUpDialog(window).open()


def _indicator(window: "MainWindow", visit: "VisitRow") -> None:
    from desktop_app.views.dialogs.indicator_form import IndicatorDialog

    context = window.context()
    objective = context.services.framework.objectives(visit.experiment_id)[0]
    IndicatorDialog(context, objective.id, objective.indicators[0], window).open()


def _objective(window: "MainWindow", visit: "VisitRow") -> None:
    from desktop_app.views.dialogs.objective_form import ObjectiveDialog

    ObjectiveDialog(window.context(), visit.experiment_id, parent=window).open()


def _photo(window: "MainWindow", visit: "VisitRow") -> None:
    from desktop_app.views.dialogs.attachment_view import PhotoDialog

    attachments = window.context().services.attachments
    row = attachments.of_visit(visit.id)[0]
    PhotoDialog(window, row, attachments.content(row.id)).open()


def _preview(window: "MainWindow", visit: "VisitRow") -> None:
    from desktop_app.views.screens.visit.screen import VisitScreen

    screen = of_kind(window.make("visit"), VisitScreen)
    if screen.work.visit.id != visit.id:
        raise LookupError(visit.reference)  # its screen was visited before
    screen.show_preview()


def _programme(window: "MainWindow", _visit: "VisitRow") -> None:
    from desktop_app.views.dialogs.directory_form import ProgrammeStartDialog

    ProgrammeStartDialog(window.context(), window).open()


def _site(window: "MainWindow", _visit: "VisitRow") -> None:
    from desktop_app.views.dialogs.site_form import SiteDialog

    SiteDialog(window.context(), parent=window).open()


ASKED: dict[str, Ask] = {
    "action": _action,
    "crash": _crash,
    "directory": _directory,
    "enterprise": _enterprise,
    "experiment": _experiment,
    "follow up": _follow_up,
    "indicator": _indicator,
    "objective": _objective,
    "photo": _photo,
    "preview": _preview,
    "programme": _programme,
    "site": _site,
}

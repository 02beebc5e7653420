"""The window's own dialogs, imported when first asked for."""

from typing import TYPE_CHECKING

from desktop_app.french import typeset

if TYPE_CHECKING:
    from desktop_app.services.results.figures_notice import FiguresNotice
    from desktop_app.views.window.main_window import MainWindow

UNCHANGED = "Ce carnet a toujours suivi les règles d’aujourd’hui : aucun chiffre n’a changé."


def show_search(window: "MainWindow") -> None:
    from desktop_app.views.dialogs.search_palette import SearchPalette

    SearchPalette(window.context(), window).open()


def show_shortcuts(window: "MainWindow") -> None:
    from desktop_app.views.dialogs.shortcuts import ShortcutsDialog

    ShortcutsDialog(window).open()


def show_about(window: "MainWindow") -> None:
    from desktop_app.views.dialogs.about import AboutDialog

    AboutDialog(window).open()


def tell_figures(window: "MainWindow", *, asked: bool = False) -> None:
    """Which figures new rules changed: told once by itself, then whenever it is ``asked``."""
    services = window.services
    if services is None:
        return
    notices = services.figures_notice

    def show(notice: "FiguresNotice | None") -> None:
        if window.services is not services:
            return
        if notice is None:
            if asked:
                window.notify.show(typeset(UNCHANGED))
            return
        told = bool(notice.figures) and not notice.read
        if asked or told:
            _show_figures(window, notice)
        if not notice.read:
            window.operations.query(
                notices.mark_read, lambda _: None, owner=window, key="figures read"
            )

    window.operations.query(notices.get, show, owner=window, key="figures")


def _show_figures(window: "MainWindow", notice: "FiguresNotice") -> None:
    from desktop_app.views.dialogs.figures_notice import FiguresNoticeDialog

    FiguresNoticeDialog(notice, window).open()

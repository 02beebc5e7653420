"""The window's own dialogs, imported when first asked for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.views.main_window import MainWindow


def show_search(window: "MainWindow") -> None:
    from desktop_app.views.dialogs.search_palette import SearchPalette

    SearchPalette(window.context(), window).open()


def show_shortcuts(window: "MainWindow") -> None:
    from desktop_app.views.dialogs.shortcuts import ShortcutsDialog

    ShortcutsDialog(window).open()


def show_about(window: "MainWindow") -> None:
    from desktop_app.views.dialogs.about import AboutDialog

    AboutDialog(window).open()

"""What the window can be told to do: one QAction each, with its key, found by its name."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from desktop_app.views.keyboard import COMMANDS, PLACES
from desktop_app.views.widgets.keys import key_names, sequences

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QWidget

    from desktop_app.views.window.main_window import MainWindow

GAP = "\u2003"  # between the longest text of the menu and its keys


class Commands:
    """The window's actions by name."""

    def __init__(self, window: "MainWindow") -> None:
        self.actions: dict[str, QAction] = {}
        for command in COMMANDS:
            action = QAction(command.text, window)
            action.setObjectName(command.name)
            action.setShortcuts(sequences(command.keys))
            action.triggered.connect(lambda _=False, name=command.name: obey(window, name))
            window.addAction(action)
            self.actions[command.name] = action

    def set_notebook_open(self, *, opened: bool) -> None:
        for command in COMMANDS:
            self.actions[command.name].setEnabled(opened or not command.needs_notebook)

    def menu(self, parent: "QWidget") -> "QMenu":
        """A new menu of everything, a rule between groups."""
        from PySide6.QtWidgets import QMenu

        menu = QMenu(parent)
        group = COMMANDS[0].group
        for command in COMMANDS:
            if not command.in_menu:
                continue
            if command.group != group:
                menu.addSeparator()
                group = command.group
            known = self.actions[command.name]
            shown = QAction(f"{command.text}{GAP}\t{key_names(command.keys)}", menu)
            shown.setEnabled(known.isEnabled())
            shown.triggered.connect(known.trigger)
            menu.addAction(shown)
        return menu

    def open_menu(self, window: "MainWindow") -> None:
        """Below the sidebar's button; the arrows and the letters go through it."""
        from PySide6.QtCore import Qt

        menu = self.menu(window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        button = window.sidebar.menu_button
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


def obey(window: "MainWindow", name: str) -> None:
    """Does what a command says. Raises KeyError for an unknown name."""
    if name in PLACES:
        window.go(PLACES[name])
        return
    from desktop_app.views.window import dialogs as window_dialogs
    from desktop_app.views.window import parts as window_parts

    handlers: dict[str, Callable[[], object]] = {
        "search": lambda: window_dialogs.show_search(window),
        "shortcuts": lambda: window_dialogs.show_shortcuts(window),
        "about": lambda: window_dialogs.show_about(window),
        "figures": lambda: window_dialogs.tell_figures(window, asked=True),
        "undo": lambda: window_parts.undo(window),
        "back": window.go_back,
        "new_notebook": window.notebooks.ask_new,
        "open_notebook": window.notebooks.ask_open,
        "backup": window.notebooks.ask_backup,
        "restore": window.notebooks.ask_restore,
        "check": window.notebooks.check,
        "close_notebook": window.notebooks.leave,
        "quit": window.close,
    }
    handlers[name]()

"""The composition root: the only place that sees every room.

Before the first painting it imports Qt and a few small modules; SQLAlchemy, the store and the
services come in the thread that opens the notebook.
"""

import gc
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.config.settings import Settings, load_settings
from desktop_app.system.messages import tell_person
from desktop_app.views.look.theme import (
    OUR_STYLE,
    apply_theme,
    current_scheme,
    first_scheme,
    in_our_style,
    load_fonts,
    scheme_for,
)
from desktop_app.views.window.main_window import MainWindow
from desktop_app.views.window.ports import Doors, Opened

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop_app.services.catalogue import NotebookServices
    from desktop_app.services.home.rows import CheckReport
    from desktop_app.services.notebook.trial import Trial
    from desktop_app.services.visits.visit_rows import VisitRow
    from desktop_app.store.notebook import Notebook
    from desktop_app.views.runtime.crash import CrashGuard
    from desktop_app.views.runtime.operations import Step
    from desktop_app.views.runtime.session_end import SessionEnd

TURN = 0.0001
"""Seconds a working thread may keep the interpreter while the interface's thread waits for it.

Laying out a page asks it back dozens of times: with three times as much, a quarter longer.
"""


def run_window(notebook_path: Path | None) -> int:
    """Runs the program until its window closes. Returns the exit status."""
    app = make_application(tell_person)
    settings = load_settings()
    dress(app, settings)
    guards: list[CrashGuard | SessionEnd] = []

    def finish() -> None:
        from desktop_app.config.policy import log_refusals

        log_refusals(settings.policy)
        from desktop_app.views.runtime.session_end import SessionEnd

        session = SessionEnd(window, window.save, window.interrupt)
        guards.extend((finish_start(app, window), session))

    window = MainWindow(settings, compose(settings))
    window.painted.connect(finish)
    start(window, notebook_path)
    status = app.exec()
    for guard in guards:
        guard.remove()
    return status


def make_application(last_words: Callable[[str], object]) -> "QApplication":
    """Where there can be none, ``last_words`` gets the sentence that says why, and it is over."""
    from PySide6.QtWidgets import QApplication

    from desktop_app.system.running import name_for_taskbar
    from desktop_app.views.runtime.start_guard import no_abort

    prefer_interface()
    name_for_taskbar()
    with no_abort(last_words):
        return in_our_style(QApplication(["carnet-impact", *OUR_STYLE]))


def prefer_interface() -> None:
    """Threads give way to the interface's sooner, and garbage waits (runtime/collector.py)."""
    gc.disable()
    sys.setswitchinterval(TURN)


def dress(app: "QApplication", settings: Settings) -> None:
    """Name, fonts and theme: all that the first painting needs."""
    app.setApplicationName("carnet-impact")
    app.setDesktopFileName("carnet-impact")
    load_fonts()
    apply_theme(app, first_scheme(settings.text("theme")), settings.number("text_scale"))


def open_window(settings: Settings, notebook_path: Path | None = None) -> MainWindow:
    """Shows the window; once painted it opens the notebook (asked, else last, else welcome)."""
    window = MainWindow(settings, compose(settings))
    start(window, notebook_path)
    return window


def try_window(
    trial: "Trial",
    settings: Settings,
    notebook_path: Path,
    visit: "VisitRow",
    last_words: Callable[[str], object],
) -> dict[str, object]:
    """The window's part of ``--self-test``: the real start, on a notebook that holds ``visit``."""
    import time

    begun = time.monotonic()
    app = make_application(last_words)
    dress(app, settings)
    guards: list[CrashGuard] = []

    def open_() -> MainWindow:
        window = MainWindow(settings, compose(settings))
        window.painted.connect(lambda: guards.append(finish_start(app, window)))
        start(window, notebook_path)
        return window

    from desktop_app.views.self_test.window import WindowTrial

    tried = WindowTrial(trial, open_, visit)
    tried.run(begun)
    for guard in guards:
        guard.remove()
    return tried.about()


def start(window: MainWindow, notebook_path: Path | None) -> None:
    def begin() -> None:
        window.prepare()
        window.notebooks.start(notebook_path)

    window.painted.connect(begin)
    window.show()


def compose(settings: Settings) -> Doors:
    """The ways from the window to the rooms below. Nothing is imported until one is taken."""

    def admit(notebook: "Notebook") -> Opened:
        # The first screen and its reads, loaded in this thread rather than on arriving.
        import desktop_app.services.home.overview
        import desktop_app.views.screens.home.screen  # noqa: F401
        from desktop_app.services.catalogue import build_services

        services = build_services(notebook, settings)
        title, illustrative = notebook.title, notebook.illustrative
        return Opened(services, notebook.path, title, illustrative, notebook.warnings)

    def open_(path: Path) -> Opened:
        from desktop_app.services.notebook.notebooks import open_notebook
        from desktop_app.store.device import device_of

        return admit(open_notebook(path, device_of(settings)))

    def create(path: Path, title: str, header: str) -> Opened:
        from desktop_app.services.notebook.notebooks import create_notebook
        from desktop_app.services.notebook.rules import first_rules
        from desktop_app.store.device import device_of

        directorates, rules = settings.items("directorates"), first_rules(settings, header)
        return admit(create_notebook(path, title, device_of(settings), directorates, rules))

    def close(services: "NotebookServices") -> None:
        services.notebook.close()

    def sign(services: "NotebookServices") -> None:
        from desktop_app.store.device import device_of

        services.notebook.device = device_of(settings)

    def check(services: "NotebookServices") -> "CheckReport":
        from desktop_app.services.notebook.notebooks import NotebookService

        return NotebookService(services.notebook).check()

    def demonstrate(path: Path) -> "Iterator[Step]":
        from desktop_app.services.demo import demo_steps

        return demo_steps(path)

    def backup(services: "NotebookServices", target: Path) -> "Iterator[Step]":
        from desktop_app.services.notebook.notebooks import NotebookService
        from desktop_app.views.runtime.stepping import stepped

        service = NotebookService(services.notebook)
        return stepped("Copie", lambda progress: service.backup(target, progress, overwrite=True))

    def restore(copy: Path, target: Path) -> "Iterator[Step]":
        from desktop_app.services.notebook.notebooks import restore
        from desktop_app.views.runtime.stepping import stepped

        return stepped("Copie", lambda progress: restore(copy, target, progress))

    return Doors(open_, create, close, sign, check, demonstrate, backup, restore)


def finish_start(app: "QApplication", window: MainWindow) -> "CrashGuard":
    """After the first painting: crash reports, garbage, Qt in French, the system's theme."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    from desktop_app.system.log import log_text
    from desktop_app.system.running import tell_installer
    from desktop_app.views.look.app_icon import app_icon
    from desktop_app.views.runtime.collector import Collector
    from desktop_app.views.runtime.crash import CrashGuard
    from desktop_app.views.window.setting_effects import restyle

    def show_crash(report: str, log: Path | None, closed: Callable[[], None]) -> None:
        from desktop_app.views.dialogs.crash import CrashDialog

        dialog = CrashDialog(report, log, window)
        dialog.finished.connect(closed)
        dialog.open()

    guard = CrashGuard(log_text, show_crash)
    guard.install()
    app.setWindowIcon(app_icon())
    tell_installer()
    collector = Collector(window, lambda: window.busy)
    window.warmed.connect(collector.settle)
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_fr", folder):
        app.installTranslator(translator)
    if scheme_for(window.settings.text("theme")) != current_scheme():
        restyle(window)
    app.styleHints().colorSchemeChanged.connect(lambda _: restyle(window))
    return guard

"""The installed window under Wine, on a screen: by its own program, and by a double click."""

from pathlib import Path

from installer.tests.windows_machine import Machine
from installer.windows.places import COMMAND, WINDOW


def test_a_double_click_opens_the_notebook_and_the_window_closes(
    windows: Machine, setup: Path, x_display: str
) -> None:
    assert windows.setup(setup) == 0
    notebook = windows.user / "Documents" / "essai d’été.carnet"
    windows.command(windows.per_user, "demo", notebook)
    screen = {"DISPLAY": x_display, "WINEQT_QPA_PLATFORM": "windows"}

    opened = windows.leave_running("start", "/wait", notebook, env=screen)
    windows.until(windows.runs)
    settings = windows.local / "carnet-impact" / "settings.json"
    windows.until(lambda: settings.exists() and "essai d" in settings.read_text("utf-8"))
    windows.check("taskkill", "/IM", WINDOW, env=screen)
    assert opened.wait(60) == 0
    assert not windows.runs()
    checked = windows.run(windows.per_user / COMMAND, "check", notebook)
    assert checked.returncode == 0


def test_the_window_opens_on_no_screen(windows: Machine, setup: Path) -> None:
    assert windows.setup(setup) == 0
    process = windows.open_window(windows.per_user)
    assert process.poll() is None

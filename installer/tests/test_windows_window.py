"""The installed window under Wine, on no screen: Wine 8 lacks what Qt asks of Windows there."""

from pathlib import Path

from installer.tests.windows_machine import Machine
from installer.windows.places import COMMAND, PYTHON

DOUBLE_CLICK = "import os, sys; os.startfile(sys.argv[1])"


def test_a_double_click_opens_the_notebook(windows: Machine, package: Path) -> None:
    assert windows.msiexec("/i", package) == 0
    folder = windows.per_machine
    notebook = windows.user / "Documents" / "essai d’été.carnet"
    windows.command(folder, "demo", notebook)

    windows.leave_running(PYTHON / "python.exe", "-I", "-c", DOUBLE_CLICK, notebook)
    windows.until(windows.runs)
    settings = windows.local / "carnet-impact" / "settings.json"
    windows.until(lambda: settings.exists() and "essai d" in settings.read_text("utf-8"))

    windows.stop()  # as when the power goes: the notebook must not suffer
    assert windows.run(folder / COMMAND, "check", notebook).returncode == 0
    assert windows.self_test(folder)["ok"] is True

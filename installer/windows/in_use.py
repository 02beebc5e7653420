"""What keeps the .msi from changing a program that runs: a question asked before anything else.

Windows Installer cannot look for a mutex, so that a little program does, out of the package. Its
status stops the installation, the repair or the removal (error 1722, for which the package has a
sentence of its own: nothing else in it can raise that one).
"""

from pathlib import Path

from desktop_app.system.running import MUTEX
from installer.common import SHOWN_NAME, reproducible_environment, run
from installer.windows import places, sign
from installer.windows.tables import Table

SCRIPT = places.HERE / "setup" / "in_use.nsi"
PROGRAM = "in_use.exe"
FORCE = "FORCE"
ACTION = "refuse_while_open"
STEP = f"{SHOWN_NAME} ne doit pas être ouvert"
SENTENCE = (
    f"{SHOWN_NAME} est ouvert sur ce poste\u00a0: rien n’a été changé. "
    "Fermez-le dans toutes les sessions, puis recommencez (FORCE=1 passe outre)."
)
_PROGRAM_IN_BINARY = 2
_PROGRAM_FAILED = "1722"
_AFTER_LAUNCH_CONDITIONS = "110"
# The version before is removed by the one that replaces it, which has asked already.
_CONDITION = f"NOT ({FORCE} = 1) AND NOT UPGRADINGPRODUCTCODE"
_NO_STEPS = "Action\tDescription\tTemplate\ns72\tL0\tL0\nActionText\tAction\n"


def build(version: str, work: Path) -> Path:
    """Compiles the little program into ``work``, signed when a certificate is given."""
    program = work / PROGRAM
    defines = {
        "SHOWN_NAME": SHOWN_NAME,
        "VERSION": version,
        "MANUFACTURER": places.MANUFACTURER,
        "MUTEX": MUTEX,
        "OUT": str(program),
    }
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8"]
    given = [f"-D{name}={value}" for name, value in defines.items()]
    run([*command, *given, SCRIPT], cwd=work, env=reproducible_environment())
    if sign.wanted():
        sign.sign(program)
    return program


def ask(tables: dict[str, Table]) -> None:
    """Has the package run the little program, which wixl put in it."""
    kind = str(_PROGRAM_IN_BINARY)
    tables["CustomAction"].add(ACTION, kind, Path(PROGRAM).stem, "", "")
    tables["InstallExecuteSequence"].add(ACTION, _CONDITION, _AFTER_LAUNCH_CONDITIONS)
    tables["Error"].add(_PROGRAM_FAILED, SENTENCE)
    tables["ActionText"] = Table(_NO_STEPS)
    tables["ActionText"].add(ACTION, STEP, "")

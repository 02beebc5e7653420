"""Where file dialogs start. Nothing here waits for a share that is gone. No Qt here."""

from pathlib import Path

from desktop_app.config.declared import DECLARED, Kind
from desktop_app.config.settings import Settings
from desktop_app.system.paths import is_folder, user_dirs

THREAD = "carnet-folder"


def notebook_folder(settings: Settings, current: Path | None) -> Path:
    """The folder of the settings, else beside the ``current`` notebook, else the person's own."""
    look_for_folders(settings)
    found = settings.folder("notebook_folder")
    if found is not None:
        return found
    return own_folder() if current is None else current.parent


def document_folder(settings: Settings) -> Path:
    """Where the last document went, else the folder of the settings, else the person's own.

    A folder fixed by the organisation comes first.
    """
    look_for_folders(settings)
    found, last = settings.folder("document_folder"), _last(settings)
    if last in settings.seen and not (found and settings.fixed("document_folder")):
        return last
    return own_folder() if found is None else found


def own_folder() -> Path:
    """The person's documents, else where they would be."""
    documents = user_dirs().documents
    return documents if is_folder(documents) else documents.parent


def look_for_folders(settings: Settings) -> None:
    """Makes those that the organisation fixed, and sees for later which are there.

    Each in a thread of its own, which nobody waits for: not the window, not the others, not the
    end of the program.
    """
    from threading import Thread

    wanted = {_last(settings): False} if _last(settings).name else {}
    for setting in DECLARED:
        if setting.kind is Kind.FOLDER and settings.text(setting.key):
            wanted[Path(settings.text(setting.key))] = settings.fixed(setting.key)
    for path, made in wanted.items():
        look, asked = settings.seen.look, {"made": made}
        Thread(target=look, name=THREAD, args=(path,), kwargs=asked, daemon=True).start()


def _last(settings: Settings) -> Path:
    return Path(str(settings.mapping("document_choices").get("folder") or ""))

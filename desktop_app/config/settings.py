"""The user's settings: one small JSON file, read once, rewritten whole and atomically."""

import contextlib
import json
import os
from pathlib import Path

from desktop_app.config.declared import BY_KEY, Kind, Setting
from desktop_app.errors import UserError

RECENT_LIMIT = 8


class Settings:
    """Declared settings over one file.

    A damaged or unreadable file counts as empty: losing a preference must not keep anyone from
    their notebook. Unknown keys are kept, so that an older program does not drop a newer one's.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stored = _load(path)

    def value(self, key: str) -> object:
        setting = BY_KEY[key]
        stored = self._stored.get(key, setting.default)
        return stored if _fits(setting, stored) else setting.default

    def text(self, key: str) -> str:
        return str(self.value(key))

    def number(self, key: str) -> int:
        value = self.value(key)
        assert isinstance(value, int)  # noqa: S101  (held by _fits)
        return value

    def items(self, key: str) -> tuple[str, ...]:
        value = self.value(key)
        return tuple(str(item) for item in value) if isinstance(value, (list, tuple)) else ()

    def mapping(self, key: str) -> dict[str, object]:
        value = self.value(key)
        return dict(value) if isinstance(value, dict) else {}

    def set(self, key: str, value: object) -> None:
        """Stores and writes at once. Raises UserError out of bounds or when the file is refused."""
        setting = BY_KEY[key]
        if not _fits(setting, value):
            raise UserError(_refusal(setting))
        self._stored[key] = list(value) if isinstance(value, tuple) else value
        self._write()

    def remember(self, key: str, value: object) -> None:
        """Stores what nobody asked to be stored; for this session only if the file is refused."""
        with contextlib.suppress(UserError):
            self.set(key, value)

    def reset(self, key: str) -> None:
        if self._stored.pop(key, None) is not None:
            self._write()

    def device_id(self) -> str:
        """Identity of this laptop in the journals; minted once.

        Where settings cannot be written it serves this session only: a notebook must still open.
        """
        import uuid

        if not self.text("device_id"):
            self.remember("device_id", str(uuid.uuid4()))
        return self.text("device_id")

    def remember_notebook(self, path: Path) -> None:
        recent = [
            str(path),
            *(item for item in self.items("recent_notebooks") if item != str(path)),
        ]
        self._stored["last_notebook"] = str(path)
        self.set("recent_notebooks", recent[:RECENT_LIMIT])

    def forget_notebook(self, path: str) -> None:
        if self.text("last_notebook") == path:
            self._stored["last_notebook"] = ""
        self.set("recent_notebooks", [i for i in self.items("recent_notebooks") if i != path])

    def _write(self) -> None:
        import tempfile

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".settings-")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(self._stored, file, ensure_ascii=False, indent=1)
                Path(name).replace(self.path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise UserError(
                f"Le réglage n’a pas pu être enregistré dans {self.path.parent} "
                f"({error.strerror}). Vérifiez l’espace disque et les droits du dossier."
            ) from error


def _load(path: Path) -> dict[str, object]:
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _fits(setting: Setting, value: object) -> bool:
    match setting.kind:
        case Kind.NUMBER:
            whole = isinstance(value, int) and not isinstance(value, bool)
            return whole and setting.minimum <= int(str(value)) <= setting.maximum
        case Kind.CHOICE:
            return value in {choice for choice, _ in setting.choices}
        case Kind.FLAG:
            return isinstance(value, bool)
        case Kind.TEXT | Kind.FOLDER | Kind.FILE:
            return isinstance(value, str) and len(value) <= 4096
    if isinstance(setting.default, tuple):
        return isinstance(value, (list, tuple))
    return isinstance(value, type(setting.default))


def _refusal(setting: Setting) -> str:
    name = setting.label or setting.key
    if setting.kind is Kind.NUMBER:
        bounds = f"{setting.minimum} à {setting.maximum}"
        return f"«\u00a0{name}\u00a0»\u00a0: écrivez un nombre de {bounds}."
    return f"«\u00a0{name}\u00a0»\u00a0: cette valeur n’est pas acceptée."

"""The user's settings: one small JSON file, read once, rewritten whole and atomically."""

import contextlib
import json
import os
from pathlib import Path

from desktop_app.certain import of_kind
from desktop_app.config.declared import BY_KEY, DECLARED, Kind
from desktop_app.config.policy import NONE, Policy, machine_policy
from desktop_app.config.values import MisfitError, checked, fits
from desktop_app.errors import UserError, reason
from desktop_app.system.folders import SeenFolders
from desktop_app.system.paths import user_dirs
from desktop_app.system.rights import make_folder

RECENT_LIMIT = 8
SETTINGS_FILE = "settings.json"
_ABOVE = {setting.key: setting.above for setting in DECLARED if setting.above}
_BELOW = {low: high for high, low in _ABOVE.items()}


def load_settings() -> "Settings":
    """What is in force for this person on this machine."""
    return Settings(user_dirs().config / SETTINGS_FILE, machine_policy())


class UnkeptError(UserError):
    """A good choice that the disk refuses. What was in force before still is."""


class Settings:
    """Declared settings over one file, under what the organisation fixes.

    A damaged or unreadable file counts as empty: losing a preference must not keep anyone from
    their notebook. Unknown keys are kept, so that an older program does not drop a newer one's.
    """

    def __init__(self, path: Path, policy: Policy = NONE) -> None:
        self.path = path
        self.policy = policy
        self.seen = SeenFolders()
        self._stored = _load(path)

    def fixed(self, key: str) -> bool:
        """Whether the organisation decides, and nothing here can change it."""
        return key in self.policy.values

    def chosen(self, key: str) -> bool:
        """Whether the person's own choice is in force."""
        return not self.fixed(key) and self._stored_well(key) and not self._crossed(key)

    def value(self, key: str) -> object:
        """What is in force: fixed, else chosen, else the default."""
        if self.fixed(key):
            return self.policy.values[key]
        setting = BY_KEY[key]
        value = self._stored[key] if self.chosen(key) else setting.default
        return self._uncrossed(key, value) if key in _ABOVE or key in _BELOW else value

    def text(self, key: str) -> str:
        return str(self.value(key))

    def number(self, key: str) -> int:
        return of_kind(self.value(key), int)

    def items(self, key: str) -> tuple[str, ...]:
        value = self.value(key)
        return tuple(str(item) for item in value) if isinstance(value, (list, tuple)) else ()

    def mapping(self, key: str) -> dict[str, object]:
        value = self.value(key)
        return dict(value) if isinstance(value, dict) else {}

    def folder(self, key: str) -> Path | None:
        """The folder in force if it was there at the last look (``seen.look``): never waits.

        One that the organisation fixed is made then if need be: « ~/Documents/Carnets » is
        everyone's, and nobody has it yet.
        """
        path = Path(self.text(key))
        return path if self.text(key) and path in self.seen else None

    def set(self, key: str, value: object) -> None:
        """Stores and writes at once.

        Raises UserError for a fixed setting or out of bounds, UnkeptError when the file is
        refused: the former value stays then, but for a state, which is kept for this session.
        """
        self._require_free(key)
        setting = BY_KEY[key]
        try:
            value = checked(setting, value)
            self._require_uncrossed(key, value)
        except MisfitError as misfit:
            from desktop_app.french import NBSP, quoted

            raise UserError(f"{quoted(setting.label or key)}{NBSP}: {misfit}") from None
        former = self._stored
        kept = {name: former[name] for name in former if not self._gives_way(name, key)}
        self._stored = {**kept, key: list(value) if isinstance(value, tuple) else value}
        try:
            self._write()
        except UnkeptError:
            if setting.kind is not Kind.STATE:
                self._stored = former
            raise

    def remember(self, key: str, value: object) -> None:
        """Stores what nobody asked to be stored; for this session only if the file is refused."""
        with contextlib.suppress(UserError):
            self.set(key, value)

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

    def _require_free(self, key: str) -> None:
        if self.fixed(key):
            from desktop_app.french import quoted

            raise UserError(
                f"{quoted(BY_KEY[key].label)} est fixé par votre organisation. Demandez-lui de le "
                "changer si besoin."
            )

    def _require_uncrossed(self, key: str, value: object) -> None:
        """« En bonne voie » stays above « À surveiller ». Raises MisfitError."""
        for high, low in _ABOVE.items():
            if key not in {high, low}:
                continue
            other = BY_KEY[low if key == high else high]
            limit = self.number(other.key)
            wanted = int(str(value))
            if (wanted <= limit) if key == high else (wanted >= limit):
                from desktop_app.french import quoted

                side = "plus" if key == high else "moins"
                raise MisfitError(
                    f"écrivez {side} que {limit}, la valeur de {quoted(other.label)}."
                )

    def _uncrossed(self, key: str, value: object) -> object:
        """A free number gives way to a fixed one that it would cross."""
        number = int(str(value))
        low, high = _ABOVE.get(key, ""), _BELOW.get(key, "")
        if self.fixed(low):
            return max(number, int(str(self.policy.values[low])) + 1)
        if self.fixed(high):
            return min(number, int(str(self.policy.values[high])) - 1)
        return value

    def _stored_well(self, key: str) -> bool:
        return key in self._stored and fits(BY_KEY[key], self._stored[key])

    def _crossed(self, key: str) -> bool:
        """Both free, and as only a policy that is gone allowed: then neither is followed."""
        high = key if key in _ABOVE else _BELOW.get(key, "")
        low = _ABOVE.get(high, "")
        if not high or self.fixed(high) or self.fixed(low):
            return False
        above, below = (
            int(str(self._stored[name] if self._stored_well(name) else BY_KEY[name].default))
            for name in (high, low)
        )
        return above <= below

    def _gives_way(self, name: str, key: str) -> bool:
        """A stored threshold that is not followed must not come back once ``key`` uncrosses it."""
        return name in {_ABOVE.get(key), _BELOW.get(key)} and self._crossed(key)

    def _write(self) -> None:
        import tempfile

        try:
            make_folder(self.path.parent)
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".settings-")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(self._stored, file, ensure_ascii=False, indent=1)
                Path(name).replace(self.path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise UnkeptError(
                f"Le réglage n’a pas pu être enregistré dans {self.path.parent} "
                f"({reason(error)}). Vérifiez l’espace disque et les droits du dossier."
            ) from error


def _load(path: Path) -> dict[str, object]:
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return loaded if isinstance(loaded, dict) else {}

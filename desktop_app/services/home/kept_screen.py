"""A screen's content, taken from where it was kept when nothing has changed since, else reckoned.

    class OverviewService:
        self.kept = KeptScreen(notebook, "home", dump, partial(load, Overview))

        def get(self):
            with self.notebook.glance() as reader:
                judgement = …
                key = kept.key_of(reader, today=…, rules=repr(judgement))
                return self.kept.get(reader, key, lambda: self._reckoned(reader, judgement))

``get`` reckons on the very state that ``key`` names: both come from one ``reader``. ``keep`` is
called later, when the window is at rest or about to close.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from desktop_app.store import kept
from desktop_app.store.glance import Reader

if TYPE_CHECKING:
    from desktop_app.store.notebook import Notebook

T = TypeVar("T")


class KeptScreen(Generic[T]):
    """``dump`` makes a text of what is shown, and ``load`` the same again or raises ValueError."""

    def __init__(
        self, notebook: "Notebook", name: str, dump: Callable[[T], str], load: Callable[[str], T]
    ) -> None:
        self._notebook = notebook
        self._name = name
        self._dump = dump
        self._load = load
        self._due: tuple[str, T] | None = None

    def get(self, reader: Reader, key: str, reckon: Callable[[], T]) -> T:
        content = kept.read(reader, self._name, key)
        if content is not None:
            try:
                return self._load(content)
            except ValueError:
                pass  # of another shape, or damaged: written anew
        row = reckon()
        self._due = key, row
        return row

    def keep(self) -> None:
        """Writes what was last reckoned, if it is not kept yet. Off the interface's thread."""
        due, self._due = self._due, None
        if due is not None:
            key, row = due
            kept.keep(self._notebook, self._name, key, self._dump(row))

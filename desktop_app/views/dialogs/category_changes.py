"""What the changes of a list of categories do to the measures, in sentences one can take back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app import french
from desktop_app.french import NBSP
from desktop_app.services.programme.categories import NEW, folded
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.buttons import link
from desktop_app.views.widgets.text import small

SPLIT = (
    f"Scinder un public, c’est le retirer et en ajouter d’autres{NBSP}: les mesures d’avant ne se "
    "partagent pas."
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list; ``before`` is its label as it was loaded, '' when it was not."""

    identity: str
    before: str
    label: str


@dataclass(frozen=True, slots=True)
class Told:
    """``action`` is the words of what one may do about it; '' when nothing."""

    sentence: str
    action: str = ""
    label: str = ""
    identity: str = ""
    removed: bool = False


class CategoryChanges(QWidget):
    """Signals: ``put_back(identity)``; ``taken_up(label, identity)``."""

    put_back = Signal(str)
    taken_up = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts: Mapping[str, int] = {}
        self._names: Mapping[str, str] = {}
        self.told: tuple[Told, ...] = ()
        self.links: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(dp(2))
        self.hide()

    def set_facts(self, parts: Mapping[str, int], names: Mapping[str, str]) -> None:
        self._parts, self._names = parts, names

    def measures(self, identity: str) -> int:
        return self._parts.get(identity, 0)

    def tell(self, loaded: Sequence[tuple[str, str]], entries: Sequence[Entry]) -> bool:
        """Whether there is something else to say than before."""
        told = tuple(changes(loaded, entries, self._parts, self._names))
        if told == self.told:
            return False
        self.told = told
        self.links = []
        while (item := self._column.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for one in told:
            self._column.addWidget(self._line(one))
        self.setVisible(bool(told))
        return True

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(one.sentence for one in self.told)

    def _line(self, told: Told) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(dp(6))
        words = small(told.sentence)
        words.setProperty("tone", "warn")
        row.addWidget(words, 1)
        if told.action:
            button = link(told.action)
            button.setAccessibleName(f"{told.action}{NBSP}: {told.sentence}")
            button.clicked.connect(lambda: self._act(told))
            row.addWidget(button)
            self.links.append(button)
        return line

    def _act(self, told: Told) -> None:
        if told.removed:
            self.put_back.emit(told.identity)
        else:
            self.taken_up.emit(told.label, told.identity)


def changes(
    loaded: Sequence[tuple[str, str]],
    entries: Sequence[Entry],
    parts: Mapping[str, int],
    names: Mapping[str, str],
) -> list[Told]:
    """What is to be known before saving, in the order of the list; then what left it."""
    kept = {entry.identity for entry in entries}
    removed = [(identity, label) for identity, label in loaded if identity not in kept]
    left = {
        folded(name): identity
        for identity, count in parts.items()
        if count and identity not in kept
        for name in (identity, names.get(identity, identity))
    }
    told = [one for entry in entries if (one := _of(entry, left, parts)) is not None]
    told += [_removed(identity, label, parts.get(identity, 0)) for identity, label in removed]
    split = any(parts.get(identity) for identity, _ in removed)
    if split and any(entry.identity == NEW for entry in entries):
        told.append(Told(SPLIT))
    return told


def _of(entry: Entry, left: Mapping[str, str], parts: Mapping[str, int]) -> Told | None:
    count = parts.get(entry.identity, 0)
    name = french.quoted(entry.label)
    if entry.identity == NEW:
        gone = left.get(folded(entry.label))
        return None if gone is None else _came_back(entry.label, gone, parts[gone])
    if not entry.before:
        said = f"{name} reprend {_its(count)}."
        return Told(said, "Ne pas les reprendre", entry.label, NEW)
    if entry.before == entry.label or not entry.label or not count:
        return None
    follow = "suivent" if count > 1 else "suit"
    return Told(f"{french.quoted(entry.before)} devient {name}{NBSP}: {_its(count)} {follow}.")


def _came_back(label: str, identity: str, count: int) -> Told:
    measures = french.plural(count, "mesure")
    said = (
        f"{french.quoted(label)} a déjà été un public, avec {measures}{NBSP}: celui-ci est "
        f"nouveau, sans {'elles' if count > 1 else 'elle'}."
    )
    return Told(said, f"Reprendre {_its(count)}", label, identity)


def _removed(identity: str, label: str, count: int) -> Told:
    said = f"{french.quoted(label)} retiré"
    if count:
        leave, stay = ("quittent", "restent") if count > 1 else ("quitte", "reste")
        said += f"{NBSP}: {_its(count)} {leave} la ventilation et {stay} dans les totaux"
    return Told(f"{said}.", "Remettre", label, identity, removed=True)


def _its(count: int) -> str:
    return f"ses {french.plural(count, 'mesure')}" if count > 1 else "sa mesure"

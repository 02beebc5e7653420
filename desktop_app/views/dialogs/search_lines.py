"""What the search shows for some words: pages and experiments by their name, then the rest."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.services.collation import folded
from desktop_app.services.home.rows import SearchHit
from desktop_app.views.navigation import Place
from desktop_app.views.widgets.keys import key_names
from desktop_app.views.widgets.sidebar import ENTRIES, SETTINGS

if TYPE_CHECKING:
    from desktop_app.services.catalogue import NotebookServices

KINDS = {
    "visit": "Visite",
    "finding": "Constat",
    "follow_up": "Action",
    "measurement": "Mesure",
    "experiment": "Expérimentation",
    "site": "Site",
    "indicator": "Indicateur",
    "place": "Page",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A result as shown. ``title`` and ``excerpt`` mark what matched with U+0002 … U+0003."""

    kind: str
    title: str
    excerpt: str
    hit: SearchHit | None = None
    place: Place | None = None


def page_lines(words: str = "") -> tuple[Line, ...]:
    """The window's pages whose name begins a word with ``words``; all of them for ''."""
    return tuple(
        Line("place", entry.text, key_names(entry.shortcut), place=Place(entry.screen))
        for entry in (*ENTRIES, SETTINGS)
        if _begins(words, entry.text)
    )


def find_lines(services: "NotebookServices", words: str) -> tuple[Line, ...]:
    """Reads the notebook: not on the interface's thread.

    Hits come newest first, so an experiment named exactly would hide behind its own visits.
    """
    experiments = tuple(
        Line(
            "experiment",
            row.enterprise.name,
            row.title,
            place=Place("experiment", row.id),
        )
        for row in services.experiments.list()
        if _begins(words, f"{row.enterprise.name} {row.code} {row.title}")
    )
    shown = {line.place.record_id for line in experiments if line.place}
    hits = tuple(
        Line(hit.kind, hit.title, hit.excerpt, hit)
        for hit in services.search.search(words)
        if hit.record_id not in shown
    )
    return (*page_lines(words), *experiments, *hits)


def _begins(words: str, name: str) -> bool:
    """Whether each of the words begins one of the name's, accents and case aside."""
    names = folded(name).replace("'", " ").split()
    return all(any(each.startswith(word) for each in names) for word in folded(words).split())


TABS = {"finding": "entry", "measurement": "entry", "follow_up": "actions"}


def place_of(hit: SearchHit | None) -> Place | None:
    """Where a result is shown: its visit when it was seen on one."""
    if hit is None:
        return None
    if hit.visit_id:
        return Place("visit", hit.visit_id, TABS.get(hit.kind))
    screens = {
        "experiment": "experiment",
        "visit": "visit",
        "site": "sites",
        "follow_up": "actions",
    }
    return Place(screens[hit.kind], hit.record_id) if hit.kind in screens else None

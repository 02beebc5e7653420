"""Searching everything (Ctrl+K)."""

from desktop_app import french
from desktop_app.services.base import Service
from desktop_app.services.home.rows import SearchHit
from desktop_app.store.queries.search_places import (
    VisitPlace,
    follow_up_enterprises,
    visit_places,
)
from desktop_app.store.search import SearchRow, search

SAID = ("finding", "follow_up", "measurement")
"""Known by their words; the others by their name."""


class SearchService(Service):
    def search(self, text: str, limit: int = 50) -> tuple[SearchHit, ...]:
        """What holds all the words, newest first; the last word may be unfinished."""
        with self.notebook.read() as session:
            rows = search(session, text, limit)
            places = visit_places(session, {row.visit_id for row in rows if row.visit_id})
            alone = {
                row.record_id for row in rows if row.entity == "follow_up" and not row.visit_id
            }
            enterprises = follow_up_enterprises(session, alone)
        return tuple(
            _hit(row, places.get(row.visit_id or ""), enterprises.get(row.record_id, ""))
            for row in rows
        )


def _hit(row: SearchRow, place: VisitPlace | None, enterprise: str) -> SearchHit:
    where = enterprise
    if place is not None:
        where = f"{french.date(place.date)} · {place.enterprise} · {place.site}"
    if row.entity in SAID:
        title = row.words
        excerpt = " · ".join(part for part in (where, row.name) if part)
    else:
        title = " · ".join(part for part in (row.name, where) if part)
        excerpt = row.words
    return SearchHit(row.entity, row.record_id, row.visit_id, title, excerpt)

"""Searching everything (Ctrl+K)."""

from desktop_app.services.base import Service
from desktop_app.services.overview_rows import SearchHit
from desktop_app.store.search import search


class SearchService(Service):
    def search(self, text: str, limit: int = 50) -> tuple[SearchHit, ...]:
        """What holds all the words, newest first; the last word may be unfinished."""
        with self.notebook.read() as session:
            return tuple(
                SearchHit(
                    kind=row.entity,
                    record_id=row.record_id,
                    visit_id=row.visit_id,
                    title=row.title,
                    excerpt=row.excerpt,
                )
                for row in search(session, text, limit)
            )

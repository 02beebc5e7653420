"""Full-text search over the words of the notebook (FTS5; the migration's triggers feed it).

Accents and case do not count, « oe » finds « œ », and the last word may be unfinished. Results
come newest first: ranking them would mean reading every match before showing the first.
"""

import re
import unicodedata
from dataclasses import dataclass

from sqlalchemy import ColumnClause, Select, String, column, func, literal_column, select, table
from sqlalchemy.orm import Session

MATCH_START = "\x02"
MATCH_END = "\x03"

DOCUMENT = table(
    "search_document",
    column("id"),
    column("entity", String),
    column("record_id", String),
    column("visit_id", String),
    column("title", String),
    column("body", String),
)
INDEX = table("search_index", column("rowid"), column("search_index", String))

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 16
_LONGEST_WORD = 64
_EXCERPT_WORDS = 16


@dataclass(frozen=True, slots=True)
class SearchRow:
    """``entity`` is a table name; ``excerpt`` is of its title or of its words, where they match.

    ``name`` is the whole title and ``words`` an excerpt of the words alone. All three mark what
    matched with U+0002 … U+0003.
    """

    entity: str
    record_id: str
    visit_id: str | None
    title: str
    excerpt: str
    name: str
    words: str


def match_expression(text: str) -> str:
    """An FTS5 query: all the words of ``text``, the last one as a beginning; '' without a word.

    Quotes, operators and control characters only separate words: nothing of them is left.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", text))[:_MOST_WORDS]
    if not words:
        return ""
    terms = [_term(word[:_LONGEST_WORD].lower(), prefix="") for word in words[:-1]]
    terms.append(_term(words[-1][:_LONGEST_WORD].lower(), prefix="*"))
    return " AND ".join(terms)


def _term(word: str, *, prefix: str) -> str:
    """The tokenizer does not know that œ is oe: both are asked for."""
    spelled = word.replace("œ", "oe").replace("æ", "ae")
    bound = spelled.replace("oe", "œ").replace("ae", "æ")
    variants = [f'"{form}"{prefix}' for form in dict.fromkeys((spelled, bound))]
    return variants[0] if len(variants) == 1 else f"({' OR '.join(variants)})"


def search(session: Session, text: str, limit: int = 50) -> tuple[SearchRow, ...]:
    """What holds all the words, newest first. A text without a word finds nothing."""
    expression = match_expression(text)
    if not expression:
        return ()
    index: ColumnClause[str] = literal_column("search_index")
    marks = (MATCH_START, MATCH_END)
    found = session.execute(
        select(
            DOCUMENT.c.entity,
            DOCUMENT.c.record_id,
            DOCUMENT.c.visit_id,
            DOCUMENT.c.title,
            func.snippet(index, -1, *marks, "…", _EXCERPT_WORDS),
            func.highlight(index, 0, *marks),
            func.snippet(index, 1, *marks, "…", _EXCERPT_WORDS),
        )
        .select_from(INDEX.join(DOCUMENT, DOCUMENT.c.id == INDEX.c.rowid))
        .where(INDEX.c.search_index.op("MATCH")(expression))
        .order_by(INDEX.c.rowid.desc())
        .limit(limit)
    )
    return tuple(SearchRow(*row) for row in found)


def matching_documents(expression: str) -> Select[int]:
    """The ``search_document`` ids an FTS5 expression matches (a subquery)."""
    return select(INDEX.c.rowid).where(INDEX.c.search_index.op("MATCH")(expression))


def matching_visit_ids(expression: str) -> Select[str]:
    """Ids of the visits whose words, or whose findings', actions' or measures', match.

    A subquery for the visit list; a visit may appear several times in it.
    """
    return select(DOCUMENT.c.visit_id).where(
        DOCUMENT.c.visit_id.is_not(None), DOCUMENT.c.id.in_(matching_documents(expression))
    )

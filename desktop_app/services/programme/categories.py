"""The categories of a breakdown: each has an identity, its first label, and a label of today.

Measures hold identities, so that a new label keeps them. Nothing is joined by a label alone: a
category whose label is that of one that left, with measures, is another one unless it is said to be
the same.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.french import NBSP
from desktop_app.services.base import clean_line

NEW = ""
"""Stands for the identity of a category that has none yet."""


@dataclass(frozen=True, slots=True)
class Categories:
    """``identities`` in order; ``labels`` of those called otherwise today, retired ones too."""

    identities: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    def label(self, identity: str) -> str:
        return self.labels.get(identity, identity)

    @property
    def named(self) -> frozenset[tuple[str, str]]:
        """(identity, label) of each: what tells two definitions apart, whatever the order."""
        return frozenset((identity, self.label(identity)) for identity in self.identities)


def planned(asked: object, now: Categories, measured: Mapping[str, int]) -> Categories:
    """The categories asked for: labels alone, or (identity, label) pairs (``NEW`` for a new one).

    A label alone is that of a category of today, capitals and accents aside, else a new one.
    ``measured`` counts the measures by identity, retired ones too. Raises UserError for two labels
    alike, a pair without label, a label alone that a retired category with measures had.
    """
    wanted = list(_read(asked))
    _refuse_alike([label for _, label in wanted])
    by_label = {folded(now.label(identity)): identity for identity in now.identities}
    kept = [by_label.get(folded(label)) if one is None else one for one, label in wanted]
    taken = {*kept, *now.labels, *(identity for identity, count in measured.items() if count)}
    retired = _left(now, kept, measured)
    found: dict[str, str] = {}
    for (said, label), known in zip(wanted, kept, strict=True):
        identity = known
        if identity is None and folded(label) in retired:
            raise UserError(_came_back(label, measured[retired[folded(label)]]))
        if not identity:
            identity = _minted(label, taken)
            taken.add(identity)
        if identity in found:
            raise ValueError(f"category {identity!r} is there twice ({said!r})")
        found[identity] = label
    labels = {identity: label for identity, label in found.items() if label != identity}
    gone = {
        identity: label
        for identity, label in now.labels.items()
        if identity not in found and measured.get(identity)
    }
    return Categories(tuple(found), {**gone, **labels})


def folded(label: str) -> str:
    """Without accents or capitals: two labels alike are one to a reader."""
    spelt = unicodedata.normalize("NFKD", clean_line(label).casefold())
    return "".join(sign for sign in spelt if not unicodedata.combining(sign))


def alike(labels: Iterable[str]) -> tuple[str, str] | None:
    """The first two labels that are one, capitals and accents aside."""
    seen: dict[str, str] = {}
    for label in labels:
        if folded(label) in seen:
            return seen[folded(label)], label
        seen[folded(label)] = label
    return None


def alike_text(first: str, second: str) -> str:
    same = first == second
    what = f"{french.quoted(first)} est là deux fois" if same else (
        f"{french.quoted(first)} et {french.quoted(second)} sont le même public"
    )  # fmt: skip
    return f"{what}{NBSP}: gardez-en un, ou renommez l’autre."


def _read(asked: object) -> Iterable[tuple[str | None, str]]:
    """(identity, or None when only a label is given; label)."""
    for item in asked if isinstance(asked, Sequence) and not isinstance(asked, str) else ():
        if isinstance(item, str):
            if label := clean_line(item):
                yield None, label
            continue
        identity, label = item
        if not clean_line(label):
            raise UserError("Écrivez le nom de chaque public distingué, ou retirez-le.")
        yield identity, clean_line(label)


def _refuse_alike(labels: Sequence[str]) -> None:
    if pair := alike(labels):
        raise UserError(alike_text(*pair))


def _left(
    now: Categories, kept: Sequence[str | None], measured: Mapping[str, int]
) -> dict[str, str]:
    """Folded label → identity of those that left, or leave, with measures.

    By their first label and by the last.
    """
    gone = [one for one, count in measured.items() if count and one not in kept]
    return {folded(name): one for one in gone for name in (one, now.label(one))}


def _came_back(label: str, count: int) -> str:
    measures = french.plural(count, "mesure")
    return (
        f"{french.quoted(label)} a déjà été un public de cet indicateur, avec {measures}. "
        f"Dites s’il {'les' if count > 1 else 'la'} reprend, ou donnez-lui un autre nom."
    )


def _minted(label: str, taken: Iterable[str | None]) -> str:
    """The label itself; « label (2) » when it is another category's first label."""
    names, number, made = set(taken), 2, label
    while made in names:
        made, number = f"{label} ({number})", number + 1
    return made

"""What a document holds and leaves out, in one sentence: the same on screen, in Excel, in PDF."""

from collections.abc import Iterable, Sequence

from desktop_app import french
from desktop_app.french import NBSP, NNBSP
from desktop_app.models.enums import VisitState
from desktop_app.services.results.rows import Thresholds
from desktop_app.services.results.scope import Scope

ScopeLabels = Sequence[tuple[str, str]]
"""(« Promotion », « Promotion 2 »)…: what restricts a document, as ``DocumentService`` says it."""

PERIOD = "Période"
VALIDATED_ONLY = "visites validées seulement"
DRAFTS_TOO = "visites en brouillon comprises"
UNMASKED = "petits effectifs non masqués"
WHOLE = "tout le carnet"
ALWAYS = "toute la période"


def scope_sentence(
    scope: Scope,
    labels: ScopeLabels,
    thresholds: Thresholds,
    masked: bool = True,  # noqa: FBT001, FBT002  (as the documents say it: masked or not)
) -> str:
    """« Périmètre : promotion 2021 ; du … au … ; visites validées seulement ; effectifs… ».

    ``labels`` name the records it is limited to (what they say of the period is left to
    ``scope``); ``masked`` False, or a threshold of 0: nothing is withheld.
    """
    return _said(
        [
            *_records(scope, labels),
            period_text(scope),
            drafts_text(scope),
            masking_text(thresholds, masked),
        ]
    )


def visit_sentence(state: VisitState, thresholds: Thresholds) -> str:
    """The same of a single visit's document: « Périmètre : une visite validée ; effectifs… »."""
    words = {VisitState.VALIDATED: "validée", VisitState.DRAFT: "en brouillon"}
    return _said([f"une visite {words.get(state, 'prévue')}", masking_text(thresholds)])


def period_text(scope: Scope) -> str:
    """« du 01/03/2021 au 09/06/2021 », « depuis le … », « jusqu’au … », « toute la période »."""
    since, until = scope.since, scope.until
    if since is not None and until is not None:
        return f"du {french.date(since)} au {french.date(until)}"
    if since is not None:
        return f"depuis le {french.date(since)}"
    return ALWAYS if until is None else f"jusqu’au {french.date(until)}"


def drafts_text(scope: Scope) -> str:
    return DRAFTS_TOO if scope.include_drafts else VALIDATED_ONLY


def masking_text(thresholds: Thresholds, masked: bool = True) -> str:  # noqa: FBT001, FBT002
    """« effectifs de moins de 5 personnes masqués »."""
    if not masked or not thresholds.mask_below:
        return UNMASKED
    return f"effectifs de moins de {french.plural(thresholds.mask_below, 'personne')} masqués"


def _records(scope: Scope, labels: ScopeLabels) -> Iterable[str]:
    limits = (scope.experiment_id, scope.cohort_id, scope.directorate_id, scope.site_id)
    if limits == (None, None, None, None):
        return [WHOLE]
    return [_named(name, text) for name, text in labels if name != PERIOD]


def _named(name: str, text: str) -> str:
    """(« Promotion », « Promotion 2 ») → « promotion 2 »; « Site », « Lycée » → « site Lycée »."""
    kind = f"{name[:1].lower()}{name[1:]}"
    if text.casefold().startswith(name.casefold()):
        return f"{kind}{text[len(name) :]}"
    return f"{kind} {text}"


def _said(parts: Iterable[str]) -> str:
    return f"Périmètre{NBSP}: " + f"{NNBSP}; ".join(parts)

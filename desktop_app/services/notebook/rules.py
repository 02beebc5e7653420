"""The notebook's rules: thresholds of the states, masking, header, logo, territory.

They change figures or documents, so they belong to the notebook, are journalled, and go with it
from laptop to laptop (rule_reader.py says which are in force). A read that shows figures reads
them itself, so that one document is one state of the notebook: ``read``, ``thresholds``.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.config.declared import BY_KEY
from desktop_app.config.values import MisfitError, checked
from desktop_app.errors import UserError
from desktop_app.french import NBSP, plural, quoted
from desktop_app.services.base import Service, clean_line, outcome
from desktop_app.services.notebook.rule_reader import (
    NUMBERS,
    Logo,
    NotebookRules,
    Origin,
    logo_file,
    read_logo,
    read_rules,
    read_thresholds,
    rules_row,
)
from desktop_app.services.results.rows import Thresholds
from desktop_app.store.glance import Reader, lent

if TYPE_CHECKING:
    from desktop_app.config.settings import Settings
    from desktop_app.models.notebook import Notebook as NotebookRecord
    from desktop_app.models.programme import Programme
    from desktop_app.services.changes import Outcome
    from desktop_app.store.notebook import Notebook
    from desktop_app.store.unit_of_work import UnitOfWork

__all__ = ["ChangeRules", "FirstRules", "Logo", "NotebookRules", "Origin", "RulesService"]

LONGEST_HEADER = 120
NO_PROGRAMME = (
    "Le territoire est celui du programme, que ce carnet ne décrit pas encore. Décrivez d’abord le "
    "programme, sur la page d’accueil."
)
CROSSED = (
    "Ce changement ne peut plus être annulé\u00a0: «\u00a0en bonne voie\u00a0» ne serait plus "
    "au-dessus de «\u00a0à surveiller\u00a0». Changez les deux seuils dans "
    "«\u00a0Paramètres\u00a0»."
)


@dataclass(frozen=True, slots=True)
class ChangeRules:
    """``values``: NUMBERS, « organisation » and « territory » to what they become."""

    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class FirstRules:
    """What a new notebook starts with; the header may stay empty: the territory then heads it."""

    numbers: Mapping[str, int]
    organisation: str = ""
    logo: bytes = b""

    def fill(self, uow: "UnitOfWork") -> None:
        """Writes them in the record of a notebook being made, not flushed yet."""
        from desktop_app.models.notebook import Notebook as NotebookRecord

        (record,) = (new for new in uow.session.new if isinstance(new, NotebookRecord))
        for key, value in self.numbers.items():
            setattr(record, key, value)
        record.organisation = self.organisation or None
        record.logo_sha256 = _kept(uow, self.logo) if self.logo else ""


def first_rules(settings: "Settings", organisation: str = "") -> FirstRules:
    """The computer's defaults for new notebooks, or what its organisation fixes.

    ``organisation``: the header typed for this notebook, '' to leave it to the territory. Raises
    UserError for a header too long.
    """
    header = settings.text("organisation") if settings.fixed("organisation") else organisation
    path = settings.text("logo")
    return FirstRules(
        {key: settings.number(key) for key in NUMBERS},
        _header(header),
        logo_file(path).content if path else b"",
    )


def declared_numbers() -> dict[str, int]:
    """The thresholds of a notebook that owes nothing to a computer: the demonstration."""
    return {key: int(str(BY_KEY[key].default)) for key in NUMBERS}


class RulesService(Service):
    def __init__(self, notebook: "Notebook", settings: "Settings") -> None:
        super().__init__(notebook)
        self._settings = settings

    def get(self) -> NotebookRules:
        with self.notebook.glance() as reader:
            return self.read(reader)

    def read(self, reader: Reader) -> NotebookRules:
        """What is in force, in the read under way."""
        return read_rules(reader, self._settings)

    def thresholds(self, reader: Reader) -> Thresholds:
        """Those in force, in the read under way."""
        return read_thresholds(reader, self._settings)

    def logo(self) -> Logo:
        with self.notebook.glance() as reader:
            return read_logo(reader, self.read(reader))

    def change(self, command: ChangeRules) -> "Outcome[NotebookRules]":
        """One journalled transaction.

        Raises UserError for a value that is fixed, out of bounds, or crosses another.
        """
        values = command.values
        numbers = {key: self._checked(key, values[key]) for key in NUMBERS if key in values}
        with self.notebook.write() as uow:
            record = _record(uow)
            before = self.read(lent(uow.session))
            if numbers:
                _write_numbers(record, before, numbers)
            if "organisation" in values:
                self._require_free("organisation")
                record.organisation = _header(str(values["organisation"] or "")) or None
            if "territory" in values:
                programme = _programme(uow, before)
                programme.territory = _header(str(values["territory"] or ""))
            uow.flush()
            return outcome(uow, self.read(lent(uow.session)))

    def set_logo(self, path: Path) -> "Outcome[NotebookRules]":
        """Keeps a small copy of the image in the notebook. Raises UserError for what is none."""
        from desktop_app.services.notebook.logos import chosen_logo

        self._require_free("logo")
        return self._keep_logo(chosen_logo(path))

    def remove_logo(self) -> "Outcome[NotebookRules]":
        """Documents bear none, whatever this computer's setting."""
        self._require_free("logo")
        return self._keep_logo(b"")

    def undecided(self) -> bool:
        """Whether ``adopt`` has anything to write: a notebook of 0.1 or 0.2 that may be written."""
        if self.notebook.read_only:
            return False
        with self.notebook.glance() as reader:
            row = rules_row(reader)
        return any(getattr(row, key) is None for key in NUMBERS)

    def adopt(self) -> "Outcome[bool]":
        """Writes down what is in force here, once, so that every computer then agrees.

        It changes no figure and no document made here: the header is adopted only when no
        territory heads the documents. True when something was written.
        """
        path = self.get().logo_path
        logo = logo_file(path) if path else Logo()
        with self.notebook.write() as uow:
            record = _record(uow)
            if all(getattr(record, key) is not None for key in NUMBERS):
                return outcome(uow, value=False)
            rules = self.read(lent(uow.session))
            _write_numbers(record, rules, {})
            self._adopt_header(record, rules)
            if record.logo_sha256 is None and not logo.lack:  # else it is left for another time
                record.logo_sha256 = _kept(uow, logo.content) if logo.content else ""
            uow.flush()
            return outcome(uow, value=True)

    def _adopt_header(self, record: "NotebookRecord", rules: NotebookRules) -> None:
        header = clean_line(self._settings.text("organisation"))
        if record.organisation is None and not rules.territory and header:
            record.organisation = header

    def _keep_logo(self, content: bytes) -> "Outcome[NotebookRules]":
        with self.notebook.write() as uow:
            _record(uow).logo_sha256 = _kept(uow, content) if content else ""
            uow.flush()
            return outcome(uow, self.read(lent(uow.session)))

    def _checked(self, key: str, value: object) -> int:
        self._require_free(key)
        setting = BY_KEY[key]
        try:
            return int(str(checked(setting, value)))
        except MisfitError as misfit:
            raise UserError(f"{quoted(setting.label)}{NBSP}: {misfit}") from None

    def _require_free(self, key: str) -> None:
        if self._settings.fixed(key):
            raise UserError(
                f"{quoted(BY_KEY[key].label)} est fixé par votre organisation. Demandez-lui de le "
                "changer si besoin."
            )


def check_still_uncrossed(record: "NotebookRecord") -> None:
    """After an undo. Raises UserError when it would leave thresholds crossed."""
    if _crossed(record):
        raise UserError(CROSSED)


def _write_numbers(
    record: "NotebookRecord", before: NotebookRules, numbers: Mapping[str, int]
) -> None:
    """With those in force that the notebook did not hold: a pair is judged as a pair.

    Raises UserError when « en bonne voie » would not stay above « à surveiller ».
    """
    after = {key: numbers.get(key, getattr(before, key)) for key in NUMBERS}
    if after["on_track"] <= after["watch"]:
        raise UserError(_crossing(after, "on_track" if "on_track" in numbers else "watch"))
    for key in NUMBERS:
        if key in numbers or getattr(record, key) is None:
            setattr(record, key, after[key])
    if _crossed(record):  # with a value of the notebook's own that a fixed one hides here
        record.on_track, record.watch = after["on_track"], after["watch"]


def _crossed(record: "NotebookRecord") -> bool:
    high, low = record.on_track, record.watch
    return high is not None and low is not None and high <= low


def _crossing(numbers: Mapping[str, int], key: str) -> str:
    other, side = ("watch", "plus") if key == "on_track" else ("on_track", "moins")
    return (
        f"{quoted(BY_KEY[key].label)}{NBSP}: écrivez {side} que {numbers[other]}, la valeur de "
        f"{quoted(BY_KEY[other].label)}."
    )


def _record(uow: "UnitOfWork") -> "NotebookRecord":
    from sqlalchemy import select

    from desktop_app.models.notebook import Notebook as NotebookRecord

    return uow.session.scalars(select(NotebookRecord).limit(1)).one()


def _programme(uow: "UnitOfWork", rules: NotebookRules) -> "Programme":
    from desktop_app.models.programme import Programme

    if not rules.programme_id:
        raise UserError(NO_PROGRAMME)
    return uow.session.get_one(Programme, rules.programme_id)


def _kept(uow: "UnitOfWork", content: bytes) -> str:
    """Stores a logo's bytes once, and gives their digest."""
    from desktop_app.models.visit import AttachmentContent

    digest = hashlib.sha256(content).hexdigest()
    with uow.session.no_autoflush:
        if uow.session.get(AttachmentContent, digest) is None:
            uow.add(AttachmentContent(sha256=digest, content=content))
    return digest


def _header(text: str) -> str:
    """Raises UserError over what the head of a page can bear."""
    line = clean_line(text)
    if len(line) > LONGEST_HEADER:
        raise UserError(
            f"L’en-tête des documents compte {plural(len(line), 'caractère')}, plus que la limite "
            f"de {LONGEST_HEADER}. Raccourcissez-le."
        )
    return line

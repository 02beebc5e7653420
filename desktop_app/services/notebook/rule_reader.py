"""Which rules are in force for a notebook, and who decides each. Plain SQL, no SQLAlchemy.

What the organisation fixes, else what the notebook says, else (a notebook of 0.1 or 0.2, which
says nothing) this computer's setting. This is the only place that decides.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.config.declared import BY_KEY
from desktop_app.config.values import fits
from desktop_app.services.results.rows import Thresholds
from desktop_app.store.glance import Found, Reader

if TYPE_CHECKING:
    from desktop_app.config.settings import Settings

NUMBERS = ("on_track", "watch", "min_n_percentage", "mask_below")
LOST_LOGO = (
    "Le logo de ce carnet y manque ou y est abîmé\u00a0: le document est fait sans lui. "
    "Choisissez-le à nouveau dans «\u00a0Paramètres\u00a0»."
)


class Origin(StrEnum):
    """Who decides a rule."""

    POLICY = "policy"
    NOTEBOOK = "notebook"
    TERRITORY = "territory"
    COMPUTER = "computer"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG; ``lack``: the sentence that says why there is none although one is asked for."""

    content: bytes = b""
    lack: str = ""


@dataclass(frozen=True, slots=True)
class NotebookRules:
    """What is in force. Thresholds are percents of the expected progress, and people.

    ``organisation`` is the header that the organisation or the notebook chose, '' when neither
    did; ``heading`` is what documents bear: it, else the territory, else the computer's, else the
    notebook's title.
    ``logo_sha256``: the notebook's own, '' when it has none; ``logo_path``: the file followed in
    its place, the policy's or the computer's. ``origins``: who decides each number,
    « organisation » (the heading) and « logo ». ``programme_id`` is '' before a programme is
    described.
    """

    on_track: int
    watch: int
    min_n_percentage: int
    mask_below: int
    organisation: str
    territory: str
    heading: str
    logo_sha256: str
    logo_path: str
    notebook_id: str
    programme_id: str
    origins: Mapping[str, Origin] = field(default_factory=dict)

    @property
    def thresholds(self) -> Thresholds:
        return _thresholds({key: getattr(self, key) for key in NUMBERS})

    def fixed(self, key: str) -> bool:
        """Whether the organisation decides it, and nothing here can change it."""
        return self.origins.get(key) is Origin.POLICY


def read_rules(reader: Reader, settings: "Settings") -> NotebookRules:
    row, programme = rules_row(reader), _programme(reader)
    numbers, origins = _numbers(row, settings)
    own, territory = (row.organisation or "").strip(), (programme.territory or "").strip()
    if settings.fixed("organisation"):
        own = ""  # even fixed to none: the notebook's own is not followed
    heading, origin = _heading(own, territory, row.title, settings)
    origins["organisation"] = origin
    told = row.logo_sha256 is not None and not settings.fixed("logo")
    origins["logo"] = Origin.NOTEBOOK if told else _beside("logo", settings)
    return NotebookRules(
        **numbers,
        organisation=settings.text("organisation") if origin is Origin.POLICY else own,
        territory=territory,
        heading=heading,
        logo_sha256=row.logo_sha256 if told else "",
        logo_path="" if told else settings.text("logo"),
        notebook_id=row.id,
        programme_id=programme.id,
        origins=origins,
    )


def read_thresholds(reader: Reader, settings: "Settings") -> Thresholds:
    """Those of ``read_rules``, for reads that need no more."""
    return _thresholds(_numbers(rules_row(reader), settings)[0])


def read_logo(reader: Reader, rules: NotebookRules) -> Logo:
    """What documents bear. A file is read again each time; a share may take its time."""
    if rules.logo_path:
        return logo_file(rules.logo_path)
    if not rules.logo_sha256:
        return Logo()
    content = reader.scalar(
        "SELECT content FROM attachment_content WHERE sha256 = :sha256",
        {"sha256": rules.logo_sha256},
    )
    if not isinstance(content, bytes):
        return Logo(lack=LOST_LOGO)
    whole = hashlib.sha256(content).hexdigest() == rules.logo_sha256
    return Logo(content) if whole else Logo(lack=LOST_LOGO)


def logo_file(path: str) -> Logo:
    from desktop_app.services.notebook.logos import LogoError, logo_of

    try:
        return Logo(logo_of(Path(path)))
    except LogoError as error:
        return Logo(lack=f"Le logo {path} {error}\u00a0: le document est fait sans lui.")


def rules_row(reader: Reader) -> Found:
    """The notebook's own columns, NULL where nothing was decided."""
    (row,) = reader.found(
        "SELECT id, title, on_track, watch, min_n_percentage, mask_below, organisation, "
        "logo_sha256 FROM notebook LIMIT 1"
    )
    return row


def _heading(own: str, territory: str, title: str, settings: "Settings") -> tuple[str, Origin]:
    setting = settings.text("organisation").strip()
    fixed = settings.fixed("organisation")
    heading = (setting if fixed else own) or territory or setting or title
    if fixed:
        return heading, Origin.POLICY
    if own:
        return heading, Origin.NOTEBOOK
    if territory:
        return heading, Origin.TERRITORY
    return heading, Origin.COMPUTER if setting else Origin.TITLE


def _programme(reader: Reader) -> Found:
    found = reader.found(
        "SELECT id, territory FROM programme WHERE NOT deleted ORDER BY id LIMIT 1"
    )
    return found[0] if found else Found(id="", territory="")


def _numbers(row: Found, settings: "Settings") -> tuple[dict[str, int], dict[str, Origin]]:
    values: dict[str, int] = {}
    origins: dict[str, Origin] = {}
    for key in NUMBERS:
        own = getattr(row, key)
        told = own is not None and fits(BY_KEY[key], own) and not settings.fixed(key)
        values[key] = own if told else settings.number(key)
        origins[key] = Origin.NOTEBOOK if told else _beside(key, settings)
    if values["on_track"] <= values["watch"]:
        _uncross(values, origins, settings)
    return values, origins


def _uncross(values: dict[str, int], origins: dict[str, Origin], settings: "Settings") -> None:
    """What is fixed stays, the other gives way; neither fixed, neither is followed."""
    if origins["watch"] is Origin.POLICY:
        values["on_track"] = values["watch"] + 1
    elif origins["on_track"] is Origin.POLICY:
        values["watch"] = values["on_track"] - 1
    else:
        for key in ("on_track", "watch"):
            values[key], origins[key] = settings.number(key), Origin.COMPUTER


def _beside(key: str, settings: "Settings") -> Origin:
    return Origin.POLICY if settings.fixed(key) else Origin.COMPUTER


def _thresholds(numbers: Mapping[str, int]) -> Thresholds:
    return Thresholds(
        on_track=numbers["on_track"] / 100,
        watch=numbers["watch"] / 100,
        min_n_percentage=numbers["min_n_percentage"],
        mask_below=numbers["mask_below"],
    )

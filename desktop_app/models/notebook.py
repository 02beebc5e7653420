"""The notebook itself, its file's format, the devices that wrote in it, and its journal."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desktop_app.models.base import Base, Record, one_of
from desktop_app.models.enums import JournalOp


class Notebook(Record, Base):
    """One row. ``reference_date`` fixes « today » in a demonstration: its data are of the past.

    Its rules follow it from laptop to laptop: thresholds of the states (percent), people under
    whom a percentage or a value is not told, header and logo of the documents (the content is an
    ``attachment_content``). NULL: never decided here (services/notebook/rules.py: what then holds).
    """

    __tablename__ = "notebook"

    title: Mapped[str]
    illustrative: Mapped[bool] = mapped_column(default=False)
    reference_date: Mapped[dt.date | None]
    on_track: Mapped[int | None]
    watch: Mapped[int | None]
    min_n_percentage: Mapped[int | None]
    mask_below: Mapped[int | None]
    organisation: Mapped[str | None]
    logo_sha256: Mapped[str | None]


class FileFormat(Base):
    """What an older program reads of a file whose format it does not know: which one reads it.

    A fact of the file, not of the record it keeps: not journalled, so that laptops whose programs
    differ never exchange it. ``number`` is the ``user_version`` of the file when it was written.
    """

    __tablename__ = "file_format"

    number: Mapped[int] = mapped_column(primary_key=True)
    readable_since: Mapped[str]


class KeptScreen(Base):
    """What a screen showed, and of which state of the notebook: read again while nothing changed.

    Derived, so not journalled; rewritten whenever it does not hold (store/kept.py).
    """

    __tablename__ = "kept_screen"

    name: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str]
    content: Mapped[str]


class FiguresNotice(Base):
    """Which figures new rules changed when an older notebook was first opened, and why.

    Said once, read again at will. Derived from this file at that moment: not journalled.
    """

    __tablename__ = "figures_notice"

    number: Mapped[int] = mapped_column(primary_key=True)
    made_on: Mapped[dt.date]
    content: Mapped[str]
    read: Mapped[bool] = mapped_column(default=False)


class Device(Record, Base):
    """A laptop that writes here. ``suffix`` ends the references it mints: V-2021-0042-K7."""

    __tablename__ = "device"
    __table_args__ = (CheckConstraint("length(suffix) >= 2", name="suffix"),)

    suffix: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str] = mapped_column(default="")
    agent: Mapped[str] = mapped_column(default="")


class JournalEntry(Base):
    """One change to one record; all entries of a transaction share its hybrid logical clock.

    ``changes`` maps a field to ``[old, new]``. Append-only: triggers refuse update and delete.
    """

    __tablename__ = "journal"
    __table_args__ = (
        one_of("op", JournalOp),
        Index("ix_journal_record_id_hlc", "record_id", "hlc"),
        Index("ix_journal_hlc", "hlc"),
    )

    device: Mapped[str] = mapped_column(String(36), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    hlc: Mapped[str]
    author: Mapped[str] = mapped_column(default="")
    entity: Mapped[str]
    record_id: Mapped[str] = mapped_column(String(36))
    op: Mapped[str]
    changes: Mapped[dict[str, list[object]]] = mapped_column(JSON)

"""What every record shares: a UUID key and a tombstone."""

import uuid
from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import CheckConstraint, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

FIRST_DAY = "2000-01-01"
LAST_DAY = "2099-12-31"


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


def new_id() -> str:
    return str(uuid.uuid4())


class Record:
    """A journalled row. ``deleted`` is a tombstone: rows leave the file only by an RGPD purge."""

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    deleted: Mapped[bool] = mapped_column(default=False)


def one_of(column: str, enum: type[StrEnum], *, nullable: bool = False) -> CheckConstraint:
    values = ", ".join(f"'{member.value}'" for member in enum)
    clause = f"{column} IN ({values})"
    return CheckConstraint(f"{column} IS NULL OR {clause}" if nullable else clause, name=column)


def in_order(first: str, last: str) -> CheckConstraint:
    return CheckConstraint(
        f"{first} IS NULL OR {last} IS NULL OR {first} <= {last}", name=f"{first}_{last}"
    )


def plausible_days(columns: Iterable[str]) -> list[CheckConstraint]:
    """Dates a programme can have; 1900 and 2100 are typing errors."""
    return [
        CheckConstraint(
            f"{column} IS NULL OR {column} BETWEEN '{FIRST_DAY}' AND '{LAST_DAY}'",
            name=f"{column}_plausible",
        )
        for column in columns
    ]

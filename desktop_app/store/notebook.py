"""The notebook: one file, one writer, many readers."""

import datetime as dt
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from desktop_app.certain import known
from desktop_app.errors import UserError
from desktop_app.french import NBSP, quoted
from desktop_app.store import connection as connections
from desktop_app.store import file_checks, locations
from desktop_app.store.clock import HybridClock, utcnow
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.file_format import require_known
from desktop_app.store.glance import Lender, Reader, as_day
from desktop_app.store.lock import Lock
from desktop_app.store.migrations.migrate import HEAD
from desktop_app.store.reading import Connect, reader
from desktop_app.store.sqlite_errors import raised_by_sqlalchemy, translated

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from desktop_app.store.unit_of_work import UnitOfWork

Now = Callable[[], dt.datetime]

_READERS = 4


class Notebook:
    """An open notebook. Thread-safe: reads run side by side, writes one after the other.

    SQLAlchemy is loaded by the first ``read`` or ``write``; ``glance`` does without.

    ``warnings`` are French sentences about where the file is, and the upgrade made on opening it.
    ``schema_version`` is the file's own: below HEAD, an upgraded copy of it is read.
    Make one with ``open`` or ``create``.
    """

    def __init__(
        self,
        path: Path,
        device: DeviceIdentity,
        now: Now,
        connect: Connect,
        resources: ExitStack,
        *,
        read_only: bool,
    ) -> None:
        """Takes over ``resources`` (the lock, a temporary copy) once the notebook is readable."""
        self.path = path
        self.device = device
        self.read_only = read_only
        self.schema_version = HEAD
        self.warnings: tuple[str, ...] = locations.warnings(path)
        self._connect = connect
        self._now = now
        self._clock = HybridClock(device.id, now)
        self._writing = threading.Lock()
        self._writer_thread: int | None = None
        self._registered = False
        self._title = ""
        self._illustrative = False
        self._reference_date: dt.date | None = None
        self._making = threading.Lock()
        self._reading_engine: Engine | None = None
        self._writing_engine: Engine | None = None
        self._identity = file_checks.identity(path)
        self._glances = Lender(self.connect)
        resources.callback(self._glances.close)
        self._load()
        self._resources: ExitStack | None = resources.pop_all()

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        title: str,
        device: DeviceIdentity,
        illustrative: bool = False,
        reference_date: dt.date | None = None,
        fill: "Callable[[UnitOfWork], None] | None" = None,
        now: Now = utcnow,
    ) -> Self:
        """A new notebook, opened. Raises UserError; never replaces a file.

        ``fill`` writes what it starts with, in the transaction that makes it.
        """
        from sqlalchemy.orm import Session

        from desktop_app.models.notebook import Notebook as NotebookRecord
        from desktop_app.store.files import placed
        from desktop_app.store.references import register
        from desktop_app.store.unit_of_work import UnitOfWork
        from desktop_app.store.upgrade import build

        path = path.absolute()
        with placed(path) as beside, translated(copy=path.name):
            engine = build(beside)
            try:
                with Session(engine) as session, session.begin():
                    hlc = HybridClock(device.id, now).tick()
                    uow = UnitOfWork(session, device, hlc=hlc, now=now())
                    register(uow, device)
                    uow.add(
                        NotebookRecord(
                            title=title, illustrative=illustrative, reference_date=reference_date
                        )
                    )
                    if fill is not None:
                        fill(uow)
            finally:
                engine.dispose()
        return cls.open(path, device, now=now)

    @classmethod
    def open(
        cls,
        path: Path,
        device: DeviceIdentity,
        *,
        read_only: bool = False,
        now: Now = utcnow,
    ) -> Self:
        """Raises UserError with the precise reason when the file cannot be used.

        A notebook of an older format is upgraded, after a copy; to those who only read, a private
        upgraded copy is shown and the file is left as it is.
        """
        path = path.absolute()
        file_checks.require_readable(path)
        with ExitStack() as resources, damage_told(path):
            if read_only:
                connect = resources.enter_context(reader(path))
            else:
                file_checks.require_writable(path)
                resources.callback(Lock.take(path).release)
                connect = partial(connections.connect, path, "rw")
            number = _format(path, connect, read_only=read_only)
            said: tuple[str, ...] = ()
            if number < HEAD and read_only:
                from desktop_app.store.upgrade import upgraded_aside

                connect = resources.enter_context(upgraded_aside(path, connect))
            elif number < HEAD:
                from desktop_app.store.upgrade import upgrade_with_copy, upgraded

                said = (upgraded(path, upgrade_with_copy(path, number)),)
            opened = cls(path, device, now, connect, resources, read_only=read_only)
            opened.warnings = (*said, *opened.warnings)
            opened.schema_version = number if read_only else HEAD
            return opened

    @property
    def title(self) -> str:
        return self._title

    @property
    def illustrative(self) -> bool:
        return self._illustrative

    def today(self) -> dt.date:
        """The day results are seen from: the notebook's fixed one, else the real one."""
        return self._reference_date or dt.date.today()  # noqa: DTZ011  # the person's own day

    @property
    def displaced(self) -> bool:
        """The file was renamed, moved, replaced or removed under us, or its disk unplugged.

        SQLite would go on writing to what nobody will find again.
        """
        return not self.read_only and file_checks.identity(self.path) != self._identity

    def connect(self) -> sqlite3.Connection:
        """A new connection, to close after use. Raises UserError once the file left its place.

        What then stands there may be another notebook, which this one's WAL would damage.
        """
        if self.displaced:
            raise file_checks.displaced(self.path)
        return self._connect()

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """A plain connection that reads, even when the file has left its place."""
        self._require_open()
        with self._glances.connection() as connection:
            yield connection

    @contextmanager
    def glance(self) -> Iterator[Reader]:
        """Plain reads, on one unchanging state of the notebook."""
        self._require_open()
        with translated(), self._glances.reader() as reader:
            yield reader

    @contextmanager
    def read(self) -> "Iterator[Session]":
        """A session that only reads, on one unchanging state of the notebook."""
        from sqlalchemy.orm import Session

        self._require_open()
        with translated(), Session(self._readers(), autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> "Iterator[UnitOfWork]":
        """One transaction: saved on the disk when the block ends, undone whole if it raises.

        Raises UserError when the notebook is read-only, is no longer where it was opened, or
        refuses what was written.
        """
        if self.read_only:
            raise UserError(
                f"Le carnet {quoted(self.path.name)} est ouvert en lecture seule{NBSP}: rien ne "
                "peut y être enregistré."
            )
        from sqlalchemy.orm import Session

        from desktop_app.store.references import register
        from desktop_app.store.unit_of_work import UnitOfWork

        with self._one_writer(), translated():
            with Session(self._writer(), expire_on_commit=False) as session, session.begin():
                uow = UnitOfWork(session, self.device, hlc=self._clock.tick(), now=self._now())
                if not self._registered:
                    register(uow, self.device)
                yield uow
            self._registered = True
            if "notebook" in uow.touched:
                self._load()

    def close(self) -> None:
        """Waits for a write under way, then gives the file back. Closing twice is harmless."""
        with self._writing:
            if self._resources is not None and self.displaced:
                self._merge()
            resources, self._resources = self._resources, None
        if resources is not None:
            resources.close()

    def _merge(self) -> None:
        """SQLite leaves the WAL of a file that moved where nobody looks: it goes in the file."""
        with suppress(sqlite3.Error), self._glances.connection() as connection:
            connection.execute("PRAGMA query_only = OFF")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        if self._writer_thread == threading.get_ident():
            raise RuntimeError("A write is already under way in this thread.")
        with self._writing:
            self._require_open()
            if self.displaced:
                raise file_checks.displaced(self.path)
            self._writer_thread = threading.get_ident()
            try:
                yield
            finally:
                self._writer_thread = None

    def _require_open(self) -> None:
        if self._resources is None:
            raise RuntimeError("The notebook is closed.")

    def _readers(self) -> "Engine":
        with self._making:
            if self._reading_engine is None:
                self._reading_engine = self._engine("BEGIN", size=_READERS, query_only=True)
            return self._reading_engine

    def _writer(self) -> "Engine":
        with self._making:
            if self._writing_engine is None:
                self._writing_engine = self._engine("BEGIN IMMEDIATE", size=1)
            return self._writing_engine

    def _engine(self, begin: str, *, size: int, query_only: bool = False) -> "Engine":
        """Given back with the rest when the notebook closes."""
        made = connections.engine(self.connect, begin=begin, size=size, query_only=query_only)
        resources = known(self._resources)
        resources.callback(made.dispose)
        return made

    def _load(self) -> None:
        """Reads what every use needs. Raises UserError when even that is damaged."""
        try:
            with self._glances.reader() as reader:
                ((self._title, illustrative, day),) = reader.rows(
                    "SELECT title, illustrative, reference_date FROM notebook LIMIT 1"
                )
                self._illustrative, self._reference_date = bool(illustrative), as_day(day)
                last = None if self.read_only else reader.scalar("SELECT max(hlc) FROM journal")
                if last:
                    self._clock.observe(last)
        except (ValueError, TypeError) as error:
            raise file_checks.damaged(self.path) from error


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """While opening, what SQLite cannot make sense of is damage, not a bug of ours."""
    try:
        with translated():
            yield
    except sqlite3.Error as error:
        raise file_checks.damaged(path) from error
    except raised_by_sqlalchemy("SQLAlchemyError") as error:  # from an upgrade
        raise file_checks.damaged(path) from error


def _format(path: Path, connect: Connect, *, read_only: bool) -> int:
    """The file's format, once sure that it is a notebook this program can use."""
    with closing(connect()) as connection:
        number = require_known(path, connection)
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
    return number

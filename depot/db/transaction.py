"""`transaction()`, the only place that commits, alone or in a `batch()`, and reads of one moment.

On SQLite writers take turns (`depot.db.turns`), and whose turn ends while another waits leaves the
commit to that one: what several did reaches the disk with one sync, and each of them is answered
after it (docs/adr/0035-one-commit-for-those-who-wait.md). Each is a savepoint, so that what one is
refused undoes nothing of the others. On PostgreSQL, which shares syncs by itself, the command locks
its depot's chain head first (`depot.ledger.posting`).
"""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Engine, exc
from sqlalchemy.orm import Session

from depot.base.errors import DepotError, StorageDamaged, StorageUnavailable
from depot.base.text import N_
from depot.db.database import BUSY_TIMEOUT_MS, begin_to_write, current_session
from depot.db.search.keeping import renew_stale
from depot.db.turns import Turns

_SILENT: Final = N_("it does not answer")
#: So long a writer waits for those before it.
_PATIENCE_SECONDS: Final = BUSY_TIMEOUT_MS * 4 / 1000
_inside = threading.local()


@contextmanager
def transaction(*, is_long: bool = False) -> Iterator[Session]:
    """Open the one writing transaction of a command; commit on leaving, roll back on any error.

    One that `is_long` lets those before it be stored first. Ends the read that loading the user
    began. Raises RuntimeError when nested or when unsaved changes are pending, StorageUnavailable
    when the database is locked, full or read-only, StorageDamaged when it cannot be read.
    """
    if getattr(_inside, "open", False):
        raise RuntimeError("commands do not call commands: a transaction is already open")
    kept = kept_in_batch()
    with _whole(is_long=is_long) if kept is None else _part(kept) as session:
        _inside.open = True
        try:
            yield session
        finally:
            _inside.open = False


@contextmanager
def batch() -> Iterator[None]:
    """Make the commands in the `with` parts of one transaction, stored together at its end.

    What a command raises undoes that command alone; what leaves the `with` undoes all of them.
    Between commands one may read, and nothing else. Raises as `transaction`.
    """
    if getattr(_inside, "open", False) or kept_in_batch() is not None:
        raise RuntimeError("a transaction is already open")
    with _whole(is_long=True):
        _inside.batch = {}
        try:
            yield
        finally:
            _inside.batch = None


def kept_in_batch() -> dict[Hashable, Any] | None:
    """Return what the commands of the batch that is open keep for each other; None outside of one.

    It may hold what nobody else can change before the batch is stored, and is emptied when a
    command is undone.
    """
    kept: dict[Hashable, Any] | None = getattr(_inside, "batch", None)
    return kept


@contextmanager
def _part(kept: dict[Hashable, Any]) -> Iterator[Session]:
    """A savepoint of the batch that is open."""
    session = current_session()
    session.expire_all()  # objects of the command before do not know what it wrote
    connection = session.connection()
    with _named_failures():
        # by the connection: the session's own savepoints take ten times longer
        connection.exec_driver_sql("SAVEPOINT part")
        try:
            yield session
            session.flush()
        except BaseException:
            kept.clear()
            if session.is_active:  # else nothing of the batch is there any more
                session.expunge_all()  # what the command made is gone
                connection.exec_driver_sql("ROLLBACK TO SAVEPOINT part")
                connection.exec_driver_sql("RELEASE SAVEPOINT part")
            raise
        connection.exec_driver_sql("RELEASE SAVEPOINT part")


@contextmanager
def _whole(*, is_long: bool) -> Iterator[Session]:
    """A transaction, or with others that wait a part of theirs; stored when the `with` is left."""
    session = current_session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("unsaved changes are pending outside a transaction")
    session.rollback()
    shared = _Shared.begin(_engine_of(session), is_long=is_long)
    try:
        with _named_failures():
            shared.join(session)
            yield session
            session.flush()
            renew_stale(session.connection())
            session.commit()
            shared.kept += 1
    except BaseException as error:
        shared.undo(session, error)
        raise
    finally:
        shared.leave()


def _engine_of(session: Session) -> Engine:
    bind = session.get_bind()
    return bind if isinstance(bind, Engine) else bind.engine


class _Shared:
    """One transaction of the database and what became of it; commands stand in it one by one."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        #: How many commands are to be stored with it.
        self.kept = 0
        self._connection = engine.connect()
        self._settled = threading.Event()
        self._failure: BaseException | None = None

    @classmethod
    def begin(cls, engine: Engine, *, is_long: bool) -> _Shared:
        """Wait for the turn and return the transaction: that of the writer before, or a new one.

        Raises StorageUnavailable after too long a wait, and when none can be opened.
        """
        if engine.dialect.name == "sqlite":
            try:
                handed = _turns.take(_PATIENCE_SECONDS, None if is_long else engine)
            except TimeoutError:
                raise StorageUnavailable(reason=N_("busy")) from None
            if handed is not None:
                return handed
        return cls._open(engine)

    @classmethod
    def _open(cls, engine: Engine) -> _Shared:
        shared = None
        try:
            with _named_failures():
                shared = cls(engine)
                begin_to_write(shared._connection)
        except BaseException:
            if shared is not None:
                # SQLite opens what cannot be written for reading alone, and never looks again
                shared._connection.invalidate()
                shared._end()
            elif engine.dialect.name == "sqlite":
                _turns.give_back()
            raise
        return shared

    def join(self, session: Session) -> None:
        """Let the session write here: the first with all of it, the others with a savepoint."""
        session.join_transaction_mode = "create_savepoint" if self.kept else "rollback_only"
        session.connection(bind_arguments={"bind": self._connection})

    def undo(self, session: Session, why: BaseException) -> None:
        """Take back what the session did here; where that cannot be, all of it is lost."""
        try:
            session.rollback()
        except exc.DBAPIError:  # a full or failing disk: the database undid the whole by itself
            session.invalidate()
            self._failure = why

    def leave(self) -> None:
        """End the turn, and come back when all that was done here is stored.

        Raises StorageUnavailable or StorageDamaged if it cannot be: then nothing of it is.
        """
        if not (
            self.kept and self.is_sqlite and self._is_open and _turns.hand_on(self, self.engine)
        ):
            self._settle()
        self._settled.wait()
        if self._failure is not None:
            raise _lost(self._failure) from self._failure

    @property
    def _is_open(self) -> bool:
        """Whether the database still has the transaction: a full disk makes SQLite end it."""
        if self._connection.invalidated:
            return False
        driver: Any = self._connection.connection.driver_connection
        return self._failure is None and (not self.is_sqlite or driver.in_transaction)

    def _settle(self) -> None:
        """Store what is to be stored, tell everybody who waits for it, and let the next begin."""
        try:
            if self.kept and self._is_open:
                self._connection.commit()
            elif self.kept and self._failure is None:
                self._failure = StorageUnavailable(reason=_SILENT)
        except BaseException as error:
            self._failure = error
            self._connection.invalidate()  # it may still be in the transaction that could not end
        finally:
            self._settled.set()
            self._end()

    def _end(self) -> None:
        """Give back connection and turn; a disk that fails may let even the end of a read fail."""
        try:
            self._connection.close()
        except exc.DBAPIError:
            self._connection.invalidate()
        finally:
            if self.is_sqlite:
                _turns.give_back()


#: Who writes into SQLite in this process.
_turns: Final[Turns[_Shared]] = Turns()


def _lost(failure: BaseException) -> DepotError:
    """Return what is said of a lost transaction to each who had a part in it."""
    if isinstance(failure, StorageUnavailable):
        return StorageUnavailable(reason=failure.params.get("reason", _SILENT))
    named = storage_failure(failure) if isinstance(failure, exc.DBAPIError) else None
    return named or StorageUnavailable(reason=_SILENT)


@contextmanager
def _named_failures() -> Iterator[None]:
    """Say by name why a database cannot be used."""
    try:
        yield
    except exc.DBAPIError as error:
        failure = storage_failure(error)
        if failure is None:
            raise
        raise failure from error


def end_read() -> None:
    """End what this request was reading, so that an answer to an error can read afresh."""
    current_session().rollback()


def snapshot_session() -> Session:
    """Return the session with a fresh read that sees one moment, however long it takes.

    SQLite's reads do so anyway; PostgreSQL's do in a repeatable read.
    """
    session = current_session()
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    return session


def storage_failure(error: exc.DBAPIError) -> DepotError | None:
    """Return what is to be said of a database that cannot be used; None if that is not why."""
    text = str(error.orig).lower()
    if any(needle in text for needle in _DAMAGED):
        return StorageDamaged()
    state = str(getattr(error.orig, "sqlstate", None) or "")
    is_gone = error.connection_invalidated or state.startswith(_UNAVAILABLE)
    is_gone = is_gone or (state == _REFUSED and _is_of_a_file(error.orig))
    if is_gone or isinstance(error, exc.OperationalError):
        return StorageUnavailable(reason=_storage_reason(text))
    return None


#: PostgreSQL's codes of a server that cannot, and not of a statement that is wrong: connections,
#: read-only, no resources, stopped, its disk, itself.
_UNAVAILABLE: Final = ("08", "25006", "53", "57", "58", "XX")
#: PostgreSQL's code of what may not be done: by its user, or by itself with its own files.
_REFUSED: Final = "42501"


def _is_of_a_file(refused: object) -> bool:
    """Say whether PostgreSQL itself was refused a file, as on a disk that is read-only.

    Where its users' rights are checked stands in a source file of its own; its words are in the
    language of the server.
    """
    return getattr(getattr(refused, "diag", None), "source_file", None) != "aclchk.c"


#: What SQLite and PostgreSQL say of a page that is not what they wrote.
_DAMAGED: Final = (
    "malformed",
    "not a database",
    "could not decode to utf-8",
    "invalid page",
    "could not read block",
    "corrupt",
)


def _storage_reason(text: str) -> str:
    """Name in a few words why the database could not be used."""
    for needle, reason in (
        ("locked", N_("busy")),
        ("busy", N_("busy")),
        ("full", N_("the disk is full")),
        ("readonly", N_("it is read-only")),
        ("read-only", N_("it is read-only")),
        ("unable to open", N_("it cannot be opened")),
        ("disk i/o", N_("the disk fails")),
    ):
        if needle in text:
            return reason
    return _SILENT

"""`depot backup`, `restore` and `copy-to`: everything in one file, and back, or elsewhere."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import click
from sqlalchemy.engine import make_url

from depot.backups.keeping import keep_backup, make_proved
from depot.backups.losing import Loss, Present, compare_present
from depot.backups.proving import Proved, restore_beside, some_of
from depot.backups.replacing import replace_file, replace_on_server
from depot.backups.rotation import made_at, newest_first
from depot.backups.status import BackupStatus, note_failure, read_status, write_status
from depot.backups.stores import open_store
from depot.backups.writing import count_steps, write_backup
from depot.base.clock import utc_now
from depot.base.errors import BackupUnproved, ConfigError, DepotError
from depot.base.text import N_
from depot.cli.frame import counting_bar, named_failures, print_note, reader_in, say, sentence
from depot.config import Config, from_environment
from depot.db.folder_lock import database_file, have_alone, share_lock, take_turn


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--list", "listed", is_flag=True, help="List the backups that are kept.")
def backup(file: Path | None, listed: bool) -> None:
    """Write everything into FILE, also while the depot is served; without FILE, where it is kept.

    It is proved by restoring it beside before it counts. Kept ones (DEPOT_BACKUP_TO) go by age.
    """
    config = from_environment()
    if listed:
        _list(config)
    elif file is None:
        _keep(config)
    else:
        _write(config, file)


def _write(config: Config, file: Path) -> None:
    if file.exists():
        raise ConfigError(
            problem=sentence(N_("%(file)s is there already: name a new file."), file=file)
        )
    part = file.with_name(file.name + ".part")
    part.unlink(missing_ok=True)
    with named_failures(), share_lock(config.database_url):
        with counting_bar(count_steps(config.database_url), sentence(N_("Writing"))) as progress:
            make_proved(config.database_url, part, progress, _watch)
    part.replace(file)
    say(N_("Saved %(file)s (%(size)s bytes)."), file=file, size=file.stat().st_size)


def _keep(config: Config) -> None:
    with take_turn(config.data / "backups.lock", BEING_MADE):
        _keep_one(config)


BEING_MADE = N_("A backup is being made just now.")


def _keep_one(config: Config) -> None:
    store = open_store(config.backups.folder(config.data))
    try:
        with named_failures(), share_lock(config.database_url):
            kept = keep_backup(config.database_url, config.data, store, utc_now())
    except (DepotError, OSError) as error:
        with suppress(OSError):  # a folder that takes nothing takes no note either
            note_failure(config.data, utc_now(), str(error))
        raise
    say(N_("Saved %(file)s (%(size)s bytes)."), file=f"{store}/{kept.name}", size=kept.size)
    for name in kept.removed:
        say(N_("Removed %(file)s: newer ones take its place."), file=name)
    for name in kept.broken_off:
        print_note(
            N_(
                "The book of %(depot)s does not go on from the last good backup. No older backup"
                " was removed."
            ),
            depot=name,
        )


def _list(config: Config) -> None:
    from depot.words import figures  # with Babel, for the days

    reader = reader_in()
    for name in newest_first(open_store(config.backups.folder(config.data)).names()):
        made = made_at(name)
        click.echo(f"{name}  {figures.moment(made, reader) if made else ''}".rstrip())


@click.command()
@click.argument("file")
@click.option("--force", is_flag=True, help="Replace what is there now; it is kept aside.")
@click.option("--as-it-is", is_flag=True, help="Also if its ledger does not add up.")
def restore(file: str, force: bool, as_it_is: bool) -> None:
    """Bring back what FILE holds, or a kept backup of that name; stop serving first.

    Its ledger and seal are verified before anything is replaced.
    """
    config = from_environment()
    target = database_file(config.database_url)
    folder = target.parent if target else config.data
    folder.mkdir(parents=True, exist_ok=True)
    with (
        named_failures(),
        have_alone(config.database_url),
        tempfile.TemporaryDirectory(dir=folder, prefix=".restoring-") as scratch,
    ):
        copy = Path(scratch) / "restored.sqlite3"
        proved = _proved(_found(config, file, Path(scratch)), copy, as_it_is)
        _need_leave(config, copy, proved, force)
        aside = _replace(config, copy)
        write_status(config.data, _status_after(config, proved))
    say(N_("Restored from %(file)s. Run “depot verify” to see that all is well."), file=file)
    if aside is not None:
        say(N_("What was there before is kept in %(file)s."), file=aside)


ADD_FORCE = N_("%(file)s is there already: add --force to replace it.")
NOT_EMPTY = N_("%(file)s is there already: name an empty database.")


def _found(config: Config, file: str, scratch: Path) -> Path:
    """Return the file named, or the kept backup of that name, fetched. Raises ConfigError."""
    if Path(file).exists() or made_at(file) is None:
        return Path(file)
    fetched = scratch / file
    open_store(config.backups.folder(config.data)).fetch(file, fetched)
    return fetched


def _proved(file: Path, copy: Path, as_it_is: bool) -> Proved:
    proved = restore_beside(file, copy, _watch)
    if proved.differences and not as_it_is:
        raise BackupUnproved(file=file, found=some_of(proved.differences))
    return proved


def _need_leave(
    config: Config, copy: Path, proved: Proved, force: bool, refusal: str = ADD_FORCE
) -> None:
    """Say what would be lost. Raises ConfigError if there is something and no --force."""
    target = database_file(config.database_url)
    if target is not None and not target.exists():
        return
    emptied = target is not None and not target.stat().st_size
    present = Present() if emptied else compare_present(config.database_url, copy, proved)
    if not present.is_filled and not emptied:
        return
    for loss in present.losses:
        _say_loss(loss)
    if present.problem:
        print_note(N_("What is there now cannot be read: %(reason)s."), reason=present.problem)
    if not force:
        shown = target or make_url(config.database_url).database
        raise ConfigError(problem=sentence(refusal, file=shown))


def _say_loss(loss: Loss) -> None:
    from depot.words import figures  # with Babel, for the moment

    reader = reader_in()
    last = figures.moment(loss.last_at, reader) if loss.last_at else "-"
    template = SAME_BOOK if loss.is_same_book else OTHER_BOOK
    print_note(template, depot=loss.depot, entries=loss.entries, commands=loss.commands, last=last)


SAME_BOOK = N_(
    "%(depot)s: not in the backup are %(entries)s entries and all else that was saved since"
    " (%(commands)s times), the last %(last)s."
)
OTHER_BOOK = N_(
    "%(depot)s: the backup has another book. Not in it are %(entries)s entries and all else that"
    " was saved (%(commands)s times), the last %(last)s."
)


def _replace(config: Config, copy: Path) -> Path | None:
    """Put the proved copy in its place and return what holds what was there."""
    target = database_file(config.database_url)
    if target is not None:
        return replace_file(copy, target, utc_now())
    config.data.mkdir(parents=True, exist_ok=True)
    url = config.database_url
    with counting_bar(0, sentence(N_("Copying"))) as progress:
        return replace_on_server(copy, url, config.data, utc_now(), progress)


def _status_after(config: Config, proved: Proved) -> BackupStatus:
    """Return what is known of backups, for the book that goes on from here."""
    return replace(read_status(config.data), ends=proved.ends, failed_at=None, problem="")


@click.command("copy-to")
@click.argument("url")
def copy_to(url: str) -> None:
    """Copy everything into the empty database at URL (sqlite:///… or postgresql://…).

    Stop serving first. The copy is verified there; then name it with DEPOT_DATABASE_URL.
    """
    config = from_environment()
    there = from_environment(dict(os.environ) | {"DEPOT_DATABASE_URL": url})
    with (
        named_failures(),
        have_alone(config.database_url),
        have_alone(there.database_url),
        tempfile.TemporaryDirectory(dir=config.data, prefix=".copying-") as scratch,
    ):
        file, copy = Path(scratch) / "all.sqlite3", Path(scratch) / "restored.sqlite3"
        with counting_bar(count_steps(config.database_url), sentence(N_("Writing"))) as progress:
            write_backup(config.database_url, file, progress)
        proved = _proved(file, copy, as_it_is=False)
        _need_leave(there, copy, proved, force=False, refusal=NOT_EMPTY)
        _replace(there, copy)
    say(N_("Copied and verified. From now on: DEPOT_DATABASE_URL=%(url)s"), url=_bare(url))


def _bare(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)


def _watch(name: str, entries: int) -> Callable[[int], None]:
    """Show a bar for the depot that is verified."""
    hidden = not sys.stderr.isatty()
    bar = click.progressbar(length=entries, label=name, file=sys.stderr, hidden=hidden)
    return bar.update

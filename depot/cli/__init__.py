"""The `depot` command. Errors are one sentence on standard error and exit code 1."""

from __future__ import annotations

import gc
import importlib
import sys
from typing import Final, NamedTuple

import click

from depot import __version__
from depot.base.errors import DepotError


class Listed(NamedTuple):
    """Where a command is, and what the list of commands says of it without loading it."""

    module: str
    name: str
    help: str


#: Every command; a guard compares the sentences with those of the commands themselves.
COMMANDS: Final = {
    "add": Listed(
        "people",
        "add",
        "Add another depot called NAME and print the link that makes its first coordinator.",
    ),
    "backup": Listed(
        "backup",
        "backup",
        "Write everything into FILE, also while the depot is served; without FILE, where it is"
        " kept.",
    ),
    "client": Listed(
        "serve",
        "client",
        "Write a client for the API: one module in Python, which needs nothing else.",
    ),
    "copy-to": Listed(
        "backup",
        "copy_to",
        "Copy everything into the empty database at URL (sqlite:///… or postgresql://…).",
    ),
    "demo": Listed("demo", "demo", "Fill an empty database with a lifelike history up to now."),
    "export": Listed(
        "verify",
        "export",
        "Write a depot's tables, ledger and filed reports into FILE,"
        " with a program that checks it.",
    ),
    "grant": Listed(
        "serve",
        "grant",
        "Let the database user USER serve, and neither change nor delete what is in the book.",
    ),
    "import": Listed(
        "imports",
        "import_",
        "Import items, locations, crates or stock from FILE (CSV, XLSX or ODS): all or nothing.",
    ),
    "init": Listed(
        "serve", "init", "Make or migrate the database and, in an empty one, the first depot."
    ),
    "labels": Listed(
        "labels",
        "labels",
        "Make labels as a PDF or for a label printer; each blank one is a new crate.",
    ),
    "load": Listed(
        "demo", "load", "Fill a database that has no people with made-up depots, for measuring."
    ),
    "mail": Listed("mail", "mail", "Send mails that wait."),
    "openapi": Listed("serve", "openapi", "Write the OpenAPI description of the API."),
    "papers": Listed("papers", "papers", "Make papers for many at once."),
    "person": Listed("people", "person", "Invite people, and let them in again."),
    "renew-search": Listed(
        "verify",
        "renew_search",
        "Make what search finds by name anew, from the rows themselves.",
    ),
    "report": Listed(
        "report", "report", "Print what came in, was made, handed out and lost; file it."
    ),
    "restore": Listed(
        "backup",
        "restore",
        "Bring back what FILE holds, or a kept backup of that name; stop serving first.",
    ),
    "serve": Listed("serve", "serve", "Serve the depot; make or migrate the database first."),
    "tls": Listed(
        "tls", "tls", "Make the certificates with which phones get https on a local network."
    ),
    "token": Listed("people", "token", "Make, list and end API tokens."),
    "verify": Listed(
        "verify",
        "verify",
        "Recompute everything from the book; exit 1 with every difference named.",
    ),
}


class LazyGroup(click.Group):
    """The commands of the table, each loaded with what it uses when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        listed = COMMANDS[cmd_name]
        found: click.Command = getattr(_loaded(f"depot.cli.{listed.module}"), listed.name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, each in a line, and load none of them."""
        limit = formatter.width - 6 - max(map(len, COMMANDS))
        rows = [
            (name, click.Command(name, help=COMMANDS[name].help).get_short_help_str(limit))
            for name in self.list_commands(ctx)
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _loaded(module: str) -> object:
    """Load a module. What is loaded stays, so nobody looks for garbage in it, now or later."""
    gc.disable()
    try:
        return importlib.import_module(module)
    finally:
        gc.freeze()
        gc.enable()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(version)s")
def cli() -> None:
    """Depot: what came in, where it is, what was handed out."""


def main() -> None:
    """Run the command line; a named error is a sentence, never a traceback."""
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)  # what a command's own exit asked for
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except DepotError as error:
        _say(_words_of(error))
        sys.exit(1)
    except OSError as error:
        reason = error.strerror or str(error)
        _say(f"{reason}: {error.filename}" if error.filename else reason)
        sys.exit(1)


def _words_of(error: DepotError) -> str:
    from depot.cli.frame import reader_in
    from depot.words.errors import error_words

    try:
        return error_words(error, reader_in())
    except DepotError:  # the settings themselves are wrong, so nobody knows who reads
        return str(error)


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)

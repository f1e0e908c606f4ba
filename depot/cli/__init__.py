"""The `depot` command. Errors are one sentence on standard error and exit code 1."""

from __future__ import annotations

import gc
import importlib
import sys
from typing import Final

import click

from depot import __version__
from depot.base.errors import DepotError

#: Where each command is: its module, loaded when it is called for, and its name in there.
COMMANDS: Final = {
    "add": ("people", "add"),
    "backup": ("backup", "backup"),
    "demo": ("demo", "demo"),
    "export": ("backup", "export"),
    "import": ("imports", "import_"),
    "init": ("serve", "init"),
    "labels": ("labels", "labels"),
    "mail": ("mail", "mail"),
    "openapi": ("serve", "openapi"),
    "papers": ("papers", "papers"),
    "person": ("people", "person"),
    "report": ("report", "report"),
    "restore": ("backup", "restore"),
    "serve": ("serve", "serve"),
    "tls": ("tls", "tls"),
    "token": ("people", "token"),
    "verify": ("verify", "verify"),
}


class LazyGroup(click.Group):
    """The commands of the table, each loaded with what it uses when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        found: click.Command = getattr(_loaded(f"depot.cli.{module}"), name)
        return found


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
        _say(f"{error.strerror or error}: {error.filename}" if error.filename else str(error))
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

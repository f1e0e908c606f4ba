"""`depot mail`: send what waits, and try whether mails can be sent at all."""

from __future__ import annotations

import sys

import click

from depot.base.errors import ConfigError
from depot.base.text import N_
from depot.cli.frame import open_depot, print_note, say
from depot.config import Config
from depot.db.database import current_session
from depot.mail.links import MailLinks
from depot.mail.sender import send_due
from depot.mail.server import MailServer
from depot.reports.weekly_round import queue_weekly_reports


@click.group()
def mail() -> None:
    """Send mails that wait."""


@mail.command()
def send() -> None:
    """Send every mail that is due, Monday's report too; exit 1 if one failed.

    A serving depot does this by itself.
    """
    with open_depot() as config:
        server = _server(config)
        links = MailLinks(config.base_url, config.secret_key)
        queue_weekly_reports(current_session(), links, languages=config.languages)
        done = send_due(server)
    say(N_("%(sent)s sent, %(failed)s failed."), sent=done.sent, failed=done.failed)
    if done.failed:
        print_note(
            N_("A mail that failed is tried again later; the page “Report by mail” says why.")
        )
        sys.exit(1)


def _server(config: Config) -> MailServer:
    if config.mail is None:
        raise ConfigError(problem=N_("No mail server is set: DEPOT_SMTP_URL and DEPOT_MAIL_FROM."))
    return config.mail

"""`depot add`, `person` and `token`: depots, who works in them, and which programs may."""

from __future__ import annotations

from uuid import uuid4

import click

from depot.base.actors import ROLE_WORDS, Actor
from depot.base.errors import Invalid, NotFound
from depot.base.text import N_
from depot.cli.frame import open_depot, reader_in, say, sentence
from depot.config import Config
from depot.db.database import current_session
from depot.leaving.commands import ErasePerson, erase_person
from depot.people import queries
from depot.people.commands.access import (
    ROLES,
    CreateToken,
    Invite,
    InviteFirst,
    RevokeToken,
    create_token,
    invitation_secret,
    invite,
    invite_first,
    revoke_token,
    token_secret,
)
from depot.people.commands.depots import FoundDepot, found_depot
from depot.people.commands.recovery import HelpBackIn, help_back_in, recovery_secret
from depot.people.commands.second_factors import EndSecondFactor, end_second_factor
from depot.people.queries import console_actor
from depot.playbooks.playbook import Playbook, in_words


def make_invitation(secret_key: str, actor: Actor, name: str, role: str) -> str:
    """Invite somebody to the actor's depot and return the secret of the link."""
    command = Invite(command_id=uuid4(), name=name, role=role)
    invite(command, actor, secret_key)
    return invitation_secret(secret_key, actor.depot_id, command.command_id)


def make_first_link(config: Config, actor: Actor) -> str:
    """Return the link that makes the first coordinator of the actor's depot; the last one ends."""
    command = InviteFirst(command_id=uuid4(), name=sentence(N_("Coordinator")))
    invite_first(command, actor, config.secret_key)
    secret = invitation_secret(config.secret_key, actor.depot_id, command.command_id)
    return f"{config.base_url}/join/{secret}"


def begin_with(playbook: Playbook, slug: str | None) -> None:
    """Take a playbook for a depot, by its address, or for the only one."""
    from depot.playbooks.commands.taking import TakePlaybook, take_playbook

    actor = console_actor(current_session(), slug)
    told = in_words(playbook, reader_in(actor.depot).gettext)
    take_playbook(TakePlaybook(command_id=uuid4(), playbook=told), actor)


def need_playbook(key: str | None) -> Playbook | None:
    """Return the playbook of the program with this key. Raises NotFound for a key of none."""
    from depot.playbooks.starting import STARTING  # a depot begins once

    if key is not None and key not in STARTING:
        raise NotFound(what=N_("playbook"), name=key)
    return None if key is None else STARTING[key]


def need_language(language: str, config: Config) -> str:
    """Return the name of the language meant, empty for none. Raises Invalid for none of ours."""
    names, found = config.languages.names(), config.languages.known(language)
    if language and not found:
        problem = N_("There is no such language: %(names)s are there.")
        raise Invalid(problem=sentence(problem, names=", ".join(names)))
    return found


@click.command()
@click.argument("name")
@click.option("--time-zone", default="UTC", show_default=True, help="For example Europe/Berlin.")
@click.option("--playbook", metavar="KEY", help="Begin with it: weekly-pantry, community-fridge, …")
@click.option("--language", default="", metavar="NAME", help="Of its labels and papers: en, …")
def add(name: str, time_zone: str, playbook: str | None, language: str) -> None:
    """Add another depot called NAME and print the link that makes its first coordinator."""
    with open_depot() as config:
        begun = need_playbook(playbook)
        told = need_language(language, config)
        say = config.languages.reader(language=told).gettext
        depot = found_depot(FoundDepot(name=name, time_zone=time_zone, language=told), say=say)
        if begun is not None:
            begin_with(begun, depot.slug)
        click.echo(make_first_link(config, console_actor(current_session(), depot.slug)))


@click.group()
def person() -> None:
    """Invite people, and let them in again."""


@person.command("invite")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--depot", "slug", help="Which depot, if there are several.")
def person_invite(name: str, role: str, slug: str | None) -> None:
    """Make an invitation for NAME and print its link; it counts once, for seven days."""
    with open_depot() as config:
        actor = console_actor(current_session(), slug)
        secret = make_invitation(config.secret_key, actor, name, role)
        click.echo(f"{config.base_url}/join/{secret}")


@person.command("recover")
@click.argument("name")
@click.option("--depot", "slug", help="Which depot, if there are several.")
@click.option("--end-second-step", is_flag=True, help="Ask them for no second step any more.")
def person_recover(name: str, slug: str | None, end_second_step: bool) -> None:
    """Print a link by which NAME sets a new password; it counts once, for a day."""
    with open_depot() as config:
        session = current_session()
        actor = console_actor(session, slug)
        person_id = queries.member_called(session, actor.depot_id, name)
        if end_second_step:
            end_second_factor(EndSecondFactor(command_id=uuid4(), person_id=person_id), actor)
        command = HelpBackIn(command_id=uuid4(), person_id=person_id)
        help_back_in(command, actor, config.secret_key)
        secret = recovery_secret(config.secret_key, actor.depot_id, command.command_id)
        click.echo(f"{config.base_url}/recover/by/{secret}")


@person.command("erase")
@click.argument("name")
@click.option("--depot", "slug", help="Which depot, if there are several.")
@click.option("--number", is_flag=True, help="NAME is the number of a person, who may be gone.")
@click.option("--why", default="", help="Stands in the open book, and stays.")
@click.option("--even-last", is_flag=True, help="Even the last coordinator: the depot closes.")
def person_erase(name: str, slug: str | None, number: bool, why: str, even_last: bool) -> None:
    """Take NAME's name and all that lets them in away, for good; what they did stays."""
    with open_depot():
        session = current_session()
        actor = console_actor(session, slug)
        if number and not name.isdecimal():
            raise Invalid(problem=N_("A number, please."))
        person_id = int(name) if number else queries.member_called(session, actor.depot_id, name)
        command = ErasePerson(command_id=uuid4(), person_id=person_id, why=why, even_last=even_last)
        erase_person(command, actor)
        say(N_("Erased: from now on they are somebody who left."))


@click.group()
def token() -> None:
    """Make, list and end API tokens."""


@token.command("create")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--depot", "slug", help="Which depot, if there are several.")
def token_create(name: str, role: str, slug: str | None) -> None:
    """Make a token called NAME and print it; it is shown this once only."""
    with open_depot() as config:
        actor = console_actor(current_session(), slug)
        command = CreateToken(command_id=uuid4(), name=name, role=role)
        create_token(command, actor, config.secret_key)
        click.echo(token_secret(config.secret_key, actor.depot_id, command.command_id))


@token.command("list")
@click.option("--depot", "slug", help="Which depot, if there are several.")
def token_list(slug: str | None) -> None:
    """List the tokens: id, role, since when, name."""
    with open_depot():
        from depot.words import figures  # with Babel, for the days

        session = current_session()
        depot = console_actor(session, slug).depot
        reader = reader_in(depot)
        for row in queries.api_tokens(session, depot.id):
            ended = reader.gettext("ended" if row.revoked_at else ROLE_WORDS[row.role])
            since = figures.dated_day(figures.to_local(row.created_at, reader).date(), reader)
            click.echo(f"{row.id:>5}  {ended:<12} {since:<12} {row.name}")


@token.command("revoke")
@click.argument("token_id", type=int)
@click.option("--depot", "slug", help="Which depot, if there are several.")
def token_revoke(token_id: int, slug: str | None) -> None:
    """End the token with that id."""
    with open_depot():
        command = RevokeToken(command_id=uuid4(), token_id=token_id)
        revoke_token(command, console_actor(current_session(), slug))
        say(N_("Token %(id)s no longer counts."), id=str(token_id))

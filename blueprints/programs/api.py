"""GET /feed, and /webhooks for coordinators' programs."""

from __future__ import annotations

from dataclasses import replace

from flask import current_app

from blueprints.frame.answers import SavedAnswer
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor, need_coordinator
from blueprints.frame.security import secret_key
from blueprints.frame.web import reader, write_answer
from blueprints.programs.schemas import (
    AddedWebhookAnswer,
    AddWebhookSchema,
    EndWebhookSchema,
    FeedAnswer,
    FeedQuery,
    FeedQuestion,
    ResumeWebhookSchema,
    TryWebhookSchema,
    WebhooksAnswer,
)
from depot.programs.commands import webhooks as commands
from depot.programs.queries.feed import read_feed
from depot.programs.queries.webhooks import webhooks_of
from depot.programs.signing import webhook_secret

blp = ApiBlueprint("programs_api", __name__, description="What is booked, as it is booked.")


@blp.arguments(FeedQuery(form=True), location="query")
@blp.response(200, FeedAnswer)
def feed(asked: FeedQuestion) -> object:
    """List the entries of the ledger after a cursor, the oldest first, and none is passed over.

    Begin with `after` 0, keep `next`, and ask again with it: at once while there is `more`. There
    is no name of anybody in it, and no note.
    """
    session, who = reader()
    return read_feed(session, who.depot_id, asked.after, asked.limit, asked.kinds)


@blp.not_for_everybody
@blp.response(200, WebhooksAnswer)
def webhooks() -> object:
    """List the webhooks, each with its last tries, the newest first."""
    need_coordinator()
    session, who = reader()
    return {"webhooks": webhooks_of(session, who.depot_id), "next": None}


@blp.not_for_everybody
@blp.arguments(AddWebhookSchema())
@blp.response(201, AddedWebhookAnswer)
def add(command: commands.AddWebhook) -> object:
    """Have an address told what is booked from now on; `secret` is what signatures are made with.

    Each POST has `Depot-Signature: t=SECONDS,v1=HEX`, the HMAC-SHA256 of `SECONDS.BODY`.
    """
    allowed = current_app.config["DEPOT"].webhook_networks
    body, status = write_answer(commands.add_webhook(command, actor(), allowed))
    secret = webhook_secret(secret_key(), actor().depot_id, command.command_id)
    return body | {"secret": secret}, status


@blp.not_for_everybody
@blp.arguments(EndWebhookSchema())
@blp.response(201, SavedAnswer)
def end(command: commands.EndWebhook, webhook_id: int) -> object:
    """End a webhook at once."""
    return write_answer(commands.end_webhook(replace(command, webhook_id=webhook_id), actor()))


@blp.not_for_everybody
@blp.arguments(ResumeWebhookSchema())
@blp.response(201, SavedAnswer)
def resume(command: commands.ResumeWebhook, webhook_id: int) -> object:
    """Tell a webhook that failed again now, from where it was left."""
    return write_answer(commands.resume_webhook(replace(command, webhook_id=webhook_id), actor()))


@blp.not_for_everybody
@blp.arguments(TryWebhookSchema())
@blp.response(201, SavedAnswer)
def test(command: commands.TryWebhook, webhook_id: int) -> object:
    """Have a webhook sent a test, without entries, in the next seconds."""
    return write_answer(commands.try_webhook(replace(command, webhook_id=webhook_id), actor()))

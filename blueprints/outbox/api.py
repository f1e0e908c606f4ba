"""POST /sync for programs."""

from __future__ import annotations

from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.outbox import batches
from blueprints.outbox.batches import require_small_body
from blueprints.outbox.schemas import Sync, SyncAnswer, SyncSchema

blp = ApiBlueprint("outbox_api", __name__, description="What was kept while there was no network.")


@blp.arguments(SyncSchema())
@blp.response(200, SyncAnswer)
def sync(batch: Sync) -> object:
    """Deliver commands in order; each is done by itself, once, and answered by itself."""
    require_small_body()
    return batches.run_batch(batch, actor())

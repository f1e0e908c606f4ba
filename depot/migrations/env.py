"""Run by Alembic. The connection comes from `depot.db.schema`, which is the only way in."""

from __future__ import annotations

from alembic import context

from depot.models import all_tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=all_tables(),
    render_as_batch=connection.dialect.name == "sqlite",
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()

"""Let the open book tell of all that a depot is set to."""

from __future__ import annotations

from depot.migrations.words_of_checks import allow_words

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

_WORDS = (
    *("in_kind", "goods_value", "label_sheet", "printer", "mail", "visits", "needs", "need_rule"),
    *("frozen_life", "temperature_rule", "age_bands", "tare_box", "parcel", "recipe", "handbook"),
    "network",
)


def upgrade() -> None:
    allow_words("setting_change", "kind", *_WORDS)


def downgrade() -> None:
    """The words stay: what was told in them is not made up anew."""

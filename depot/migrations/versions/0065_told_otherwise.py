"""Let the open book tell of items' weights and policies, and of letters to donors."""

from __future__ import annotations

from depot.migrations.words_of_checks import allow_words

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    allow_words("setting_change", "kind", "item", "donor_letter")


def downgrade() -> None:
    """The words stay: what was told in them is not made up anew."""

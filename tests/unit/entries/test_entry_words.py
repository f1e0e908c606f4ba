"""Every kind of entry, place, reason and thing to look at has its words and its colour."""

from __future__ import annotations

from blueprints.words import discrepancies, entries
from depot.base.kinds import DISCREPANCY_KINDS, ENTRY_KINDS, SOURCE_KINDS, WRITE_OFF_REASONS
from depot.crates.commands.crates import ADOPTED
from depot.entries.commands.discrepancies import RESOLUTIONS
from depot.items.commands.items import MENDED
from depot.items.learned_codes import LEARNED
from depot.kernel.draft import EXPLAINED
from depot.ledger.entries import FLOW_OF_OUTSIDE


def test_every_kind_of_entry_has_a_word_a_colour_and_a_title() -> None:
    assert set(entries.ENTRY_KIND_WORDS) == set(entries.ENTRY_COLOURS) == set(ENTRY_KINDS)
    assert set(entries._TITLES) == set(ENTRY_KINDS) - {"reversal"}


def test_the_outside_is_told_by_what_happens_there() -> None:
    assert set(entries.FROM_OUTSIDE) == set(entries.TO_OUTSIDE) == set(FLOW_OF_OUTSIDE)


def test_every_source_and_reason_has_a_word() -> None:
    assert set(entries.SOURCE_WORDS) == set(SOURCE_KINDS)
    assert set(entries.REASON_WORDS) >= set(WRITE_OFF_REASONS)


def test_every_thing_to_look_at_has_a_title_and_every_way_to_settle_it_a_word() -> None:
    assert set(discrepancies._TITLES) == set(DISCREPANCY_KINDS)
    assert set(discrepancies.RESOLUTION_WORDS) == {
        *RESOLUTIONS,
        ADOPTED,
        EXPLAINED,
        LEARNED,
        MENDED,
    }

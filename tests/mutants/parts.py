"""Which parts are mutated, by which tests each is judged, and why what survives does no harm."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

#: How the tests of a part are run.
_PYTEST: Final = (
    *("-n", "0", "-m", "not postgres"),
    *("-p", "no:cacheprovider", "-p", "tests.mutants.forgetting"),
)


@dataclass(frozen=True)
class Part:
    """Modules, and the tests that must notice what is wrong with them: few, for speed."""

    files: tuple[str, ...]
    tests: tuple[str, ...]
    #: A mutant that few tests reach: with it all are made.
    first: str
    #: Mutants, as a pattern of their names, that these tests cannot see: they are not drawn.
    unseen: str = "$^"

    def settings(self) -> str:
        """Return what mutmut reads of it in pyproject.toml."""
        options = {
            "source_paths": ["depot", "blueprints"],
            "only_mutate": list(self.files),
            "also_copy": [
                *("labels", "templates", "docs", "package.json", "hatch_build.py"),
                "blueprints/browser/dist",
            ],
            "pytest_add_cli_args": [*_PYTEST],
            "pytest_add_cli_args_test_selection": list(self.tests),
        }
        lines = [f"{name} = {value!r}" for name, value in options.items()]
        switches = ["track_dependencies = false", "use_git_change_detection = false"]
        return "\n".join(["", "[tool.mutmut]", *lines, *switches, ""])


PARTS: Final = {
    "ledger": Part(
        (
            "depot/ledger/seal.py",
            "depot/ledger/choice/booking.py",
            "depot/ledger/entries.py",
            "depot/ledger/invariants.py",
            "depot/ledger/undo.py",
            "depot/ledger/retelling.py",
        ),
        ("tests/unit/ledger",),
        "depot.ledger.seal.x_short_seal__mutmut_1",
    ),
    "posting": Part(
        ("depot/ledger/posting.py", "depot/ledger/correcting.py", "depot/ledger/late.py"),
        (
            "tests/unit/ledger/test_correcting.py",
            "tests/commands/entries/test_late_slips.py",
            "tests/commands/entries/test_reversals.py",
            "tests/commands/ledger/test_ledger_guards.py",
        ),
        "depot.ledger.posting.x_periods_of__mutmut_1",
    ),
    "kernel": Part(
        ("depot/kernel/*.py",),
        (
            "tests/unit/kernel",
            "tests/commands/kernel",
            "tests/commands/entries/test_following.py",
            "tests/commands/entries/test_reversals.py",
            "tests/commands/entries/test_where_crates_stood.py",
            "tests/commands/production",
            "tests/commands/safety/test_holds.py",
        ),
        "depot.kernel.draft.x_merge_moves__mutmut_1",
        # what runs when its module is loaded, which is before a mutant is put in
        r"kernel\.sql\.",
    ),
    "safety": Part(
        ("depot/base/dates.py", "depot/base/units.py", "depot/base/clock.py"),
        ("tests/unit/base", "tests/unit/items", "tests/unit/imports/test_stated_dates.py"),
        "depot.base.dates.x_month_end__mutmut_1",
    ),
    "doors": Part(
        ("depot/people/*.py",),
        ("tests/unit/people", "tests/commands/people"),
        "depot.people.passwords.x_check_password__mutmut_1",
        # lists that pages show, and how a depot is founded: tried in tests/web
        r"queries\.x_(members|open_|api_tokens|name_in|depots_of|find_factor|login_of|member_called"
        r"|access_events)|commands\.depots\.",
    ),
    "restore": Part(
        (
            "depot/backups/proving.py",
            "depot/backups/replacing.py",
            "depot/backups/losing.py",
            "depot/backups/rotation.py",
            "depot/backups/keeping.py",
            "depot/backups/status.py",
            "depot/backups/writing.py",
        ),
        (
            "tests/unit/backups",
            "tests/commands/backups",
            "tests/commands/cli/test_backup.py",
            "tests/commands/cli/test_restore.py",
        ),
        "depot.backups.rotation.x_backup_name__mutmut_1",
        # what works on PostgreSQL alone: starting a server for each mutant takes too long
        "_on_server|_from_server|_need_proved|_need_nobody_else|_holds_depots"
        "|_need_same_tables|copy_into_file",
    ),
    "outbox": Part(
        ("blueprints/outbox/*.py",),
        ("tests/web/outbox", "tests/web/shell/test_shell.py", "tests/web/frame/test_asking.py"),
        "blueprints.outbox.queue_file.x_read_queue_file__mutmut_1",
    ),
}
#: A part of the mutant's name and change, as a pattern, and the reason.
_REASONS: Final[tuple[tuple[str, str], ...]] = (
    (r"second_factor\.x_matching_step.*interval=STEP", "The library's own interval is the same."),
    (
        r"x_doubt_without_entry.*Draft\(work",
        "A draft that is not posted says its kind to nobody.",
    ),
    (r"x_held_quantities.*subquery\(", "The name of a subquery is seen in the statement alone."),
    (
        r"_brought_in_line.*(short_stock|item_id or|lack)",
        "What is written last is explained by nothing yet: where it was short is asked later.",
    ),
    (
        r"x__items_of_lots.*depot_id, \)",
        "More is read than was asked for, and looked up by its id.",
    ),
    (r"x__items_at.*or_\(None, StockMove\.target", "What left a place had come there before."),
    (r"x__took_only.*lots and not", "The quantities say the same: more went in than is missing."),
    (r"undoing\.x__people.*entry_id, \)", "The entry is the depot's own already."),
    (r"x__productions.*lots\), \)", "The lots are the depot's own already."),
    (r"turning\.goods\.x__counted_items.*entry_id, \)", "The entry is the depot's own already."),
    (r"answers\.x__hints.*known = None", "Only what is remembered is looked up once more."),
    (r"x__close_for_all.*JOURNAL_MODE", "SQLite takes its words in either case."),
    (r"x__refused_by.*get\(.code., .XXXX", "An unknown crate is always named."),
    (r"recovery\.x__is_address.*LOGIN", "The refusal is caught right there: its field is unread."),
)


def reason_for(name: str, change: str) -> str:
    """Return why a survivor does no harm, or that a test is missing."""
    for pattern, reason in _REASONS:
        if re.search(pattern, f"{name}: {change}"):
            return reason
    return "A test is missing."

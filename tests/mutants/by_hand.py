"""Single bugs, one at a time: each stands for a kind that tests once let pass.

The first text stands in the file once (tests/guards/test_mutants.py looks); put the second in its
place and the tests named behind must fail. What runs in the browser is in in_browser.py.
"""

from __future__ import annotations

from typing import Final

from tests.mutants.bug import Bug
from tests.mutants.in_browser import IN_BROWSER

_HOSTILE: Final = "tests/web/frame/test_hostile_names.py"
_NUMBERS: Final = "tests/web/frame/test_outsider_numbers.py"
_ONCE: Final = "tests/commands/kernel/test_once.py"
_SCHEMA: Final = "tests/commands/db/test_schema.py"
_OF_RESTORE: Final = ("tests/commands/cli/test_backup.py",)

BUGS: Final = (
    Bug(
        "a use-by date with only a month or a quarter is accepted",
        "depot/base/dates.py",
        'self.precision != "day"',
        'self.precision == "year"',
        ("tests/unit/base/test_dates.py",),
    ),
    Bug(
        "the database takes a use-by date without its day",
        "depot/migrations/versions/0029_use_by_day.py",
        "date_kind <> 'use_by' OR date_precision = 'day'",
        "date_kind <> 'use_by' OR date_precision <> ''",
        (_SCHEMA,),
    ),
    Bug(
        "the database takes a counted use-by date without its day",
        "depot/migrations/versions/0029_use_by_day.py",
        "date_kind <> 'use_by' OR length(date_text) = 10",
        "date_kind <> 'use_by' OR length(date_text) > 0",
        (_SCHEMA,),
    ),
    Bug(
        "an invitation's link serves twice",
        "depot/people/commands/accounts.py",
        "        or invitation.used_at is not None\n",
        "",
        ("tests/commands/people/test_accounts.py",),
    ),
    Bug(
        "passwords are tried without a limit where they are changed",
        "depot/people/commands/accounts.py",
        'door = Try("password", str(actor.person_id))\n    begin_tries(door, clock=clock)\n',
        'door = Try("password", str(actor.person_id))\n',
        ("tests/commands/people/test_doors.py",),
    ),
    Bug(
        "a volunteer ends a token",
        "depot/people/commands/access.py",
        "    need_coordinator(actor)\n"
        "    return run_once(command, actor, clock, _revoke_token, SavedId)",
        "    return run_once(command, actor, clock, _revoke_token, SavedId)",
        ("tests/commands/people/test_accounts.py",),
    ),
    Bug(
        "a name looks like an older one in other letters",
        "depot/kernel/new_items.py",
        '    need_own_look(wanted["name"], work.session.scalars(as_long))\n',
        "",
        ("tests/commands/people/test_look_alike_names.py",),
    ),
    Bug(
        "a list brings names that look like known ones",
        "depot/imports/alike.py",
        "rows=tuple(row for row in parsed.rows if not found[row.number])",
        "rows=parsed.rows",
        ("tests/commands/people/test_look_alike_names.py",),
    ),
    Bug(
        "a damaged backup is restored",
        "depot/backups/proving.py",
        '    if found != ["ok"]:\n        raise BackupUnsound(file=file, found="; ".join(found))\n',
        "",
        _OF_RESTORE,
    ),
    Bug(
        "another program's database is restored",
        "depot/backups/proving.py",
        "    if known != (3,):\n        raise BackupRefused(file=file)\n",
        "",
        _OF_RESTORE,
    ),
    Bug(
        "the journal of the replaced database stays beside the new one",
        "depot/backups/replacing.py",
        "target.with_name(target.name + suffix).unlink(missing_ok=True)",
        "target.with_name(target.name + suffix)",
        ("tests/commands/cli/test_restore.py",),
    ),
    Bug(
        "open discrepancies are counted over all depots",
        "depot/entries/queries/discrepancies.py",
        '.where(Discrepancy.depot_id == bindparam("depot"), Discrepancy.resolved_at.is_(None))',
        ".where(Discrepancy.resolved_at.is_(None))",
        (_NUMBERS,),
    ),
    Bug(
        "one command id serves another kind of command",
        "depot/kernel/once.py",
        "json.dumps([type(command).__name__, _said(command)]",
        "json.dumps([_said(command)]",
        (_ONCE,),
    ),
    Bug(
        "a command's answer is looked up without its depot",
        "depot/kernel/sql.py",
        'CommandLog.depot_id == bindparam("depot"), CommandLog.command_id',
        "CommandLog.command_id",
        (_ONCE,),
    ),
    Bug(
        "a batch's commands are looked up without their depot",
        "depot/kernel/sql.py",
        '.in_(_among("commands")), CommandLog.depot_id == bindparam("depot"))',
        '.in_(_among("commands")))',
        ("tests/web/outbox/test_batches.py",),
    ),
    Bug(
        "what a command that is undone told the others of its batch is believed",
        "depot/db/transaction.py",
        "            kept.clear()\n",
        "",
        ("tests/web/outbox/test_batches.py",),
    ),
    Bug(
        "hand-outs of today count in the needs",
        "depot/needs/queries/needs.py",
        "DayTotal.day < today,",
        "DayTotal.day <= today,",
        ("tests/commands/needs/test_needs.py",),
    ),
    Bug(
        "the answer to a line of a queue file is taken for HTML",
        "templates/outbox/queue_loaded.html",
        "{{ line.message }}",
        "{{ line.message|safe }}",
        (_HOSTILE,),
    ),
    Bug(
        "the words of a line of a queue file are taken for HTML",
        "templates/outbox/queue_loaded.html",
        "line.words, small=line.by",
        "line.words|safe, small=line.by|safe",
        (_HOSTILE,),
    ),
    Bug(
        "the small text of a ledger's line is taken for HTML",
        "templates/entries/entry.html",
        "{{ line.small }}",
        "{{ line.small|safe }}",
        (_HOSTILE,),
    ),
    Bug(
        "moves that are added up weigh what the first of them did",
        "depot/kernel/draft.py",
        "weighed = (one.weighed_grams or 0) + (other.weighed_grams or 0)",
        "weighed = one.weighed_grams",
        ("tests/unit/kernel/test_merging.py",),
    ),
    Bug(
        "a time of writing without its zone is posted",
        "depot/ledger/invariants.py",
        "entry.occurred_at.tzinfo is None or entry.recorded_at.tzinfo is None",
        "entry.occurred_at.tzinfo is None",
        ("tests/unit/ledger/test_invariants.py",),
    ),
    Bug(
        "half a gram less than nothing is rounded the other way",
        "depot/base/units.py",
        "milligrams = abs(quantity) * unit_weight_milligrams",
        "milligrams = abs(quantity) * unit_weight_milligrams - (quantity < 0)",
        ("tests/unit/base/test_units.py",),
    ),
    Bug(
        "a service worker of other files has the same version",
        "blueprints/shell/pages.py",
        '"\\n".join([*files, built_file("sw")])',
        'built_file("sw")',
        ("tests/web/shell/test_shell.py",),
    ),
    Bug(
        "a heading without a word breaks the guess of a list's columns",
        "depot/imports/rows/matching.py",
        "w[:1] == words[:1]",
        "w[0] == words[0]",
        ("tests/unit/imports/test_matching.py",),
    ),
    Bug(
        "a scanned link whose host is none breaks its reader",
        "depot/items/gs1.py",
        "except (ParseError, ValueError):  # a host",
        "except ParseError:  # a host",
        ("tests/unit/items/test_gs1.py",),
    ),
    Bug(
        "an address whose host is none breaks the check of who asks",
        "blueprints/frame/security.py",
        "    except ValueError:\n        return None\n",
        "    except LookupError:\n        return None\n",
        ("tests/web/outbox/test_sync_routes.py",),
    ),
    Bug(
        "wrong passwords at one recovery link keep another one shut",
        "depot/people/commands/recovery.py",
        'Try("recovery", token)',
        'Try("recovery", "")',
        ("tests/commands/people/test_recovery.py",),
    ),
    Bug(
        "a backup is proved in the machine's folder for temporary files",
        "depot/backups/keeping.py",
        'TemporaryDirectory(dir=file.parent, prefix=".proving-")',
        'TemporaryDirectory(prefix=".proving-")',
        ("tests/commands/backups/test_keeping.py",),
    ),
    Bug(
        "the time that a person wrote down is set right by the phone's clock",
        "blueprints/outbox/delivery.py",
        "None if asking.states_time else",
        "None if asking.is_late and asking.states_time else",
        ("tests/web/outbox/test_facts.py",),
    ),
    *IN_BROWSER,
)

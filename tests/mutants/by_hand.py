"""Single bugs, one at a time: each stands for a kind that tests once let pass.

The first text stands in the file once (tests/guards/test_mutants.py looks); put the second in its
place and the tests named behind must fail. What runs in the browser is here too, the outbox first.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Bug(NamedTuple):
    """One wrong line of a file, and who must notice."""

    kind: str
    file: str
    right: str
    wrong: str
    tests: tuple[str, ...]

    @property
    def is_in_browser(self) -> bool:
        """Say whether Node tries it: what makes mutants of its own knows Python alone."""
        return self.tests[0].startswith("tests/typescript")


_OUTBOX: Final = "blueprints/browser/src/outbox/outbox.ts"
_SAVING: Final = "blueprints/browser/src/outbox/forms/saving.ts"
_STORE: Final = "blueprints/browser/src/outbox/store.ts"
_ORDER: Final = "blueprints/browser/src/outbox/order.ts"
_KNOWN: Final = "blueprints/browser/src/outbox/known.ts"
_PAGES: Final = "blueprints/browser/src/sw/pages.ts"
_STREAM: Final = "blueprints/browser/src/scan/camera/stream.ts"
_SESSION: Final = "blueprints/browser/src/scan/done/session.ts"
_OF_OUTBOX: Final = ("tests/typescript/outbox",)
_OF_WORKER: Final = ("tests/typescript/sw",)
_OF_SCAN: Final = ("tests/typescript/scan",)
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
        "            or invitation.used_at is not None\n",
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
        ".where(Discrepancy.depot_id == depot_id, Discrepancy.resolved_at.is_(None))",
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
        "a form that was refused as invalid is taken for saved",
        _SAVING,
        'if (outcome.result === "refused") return this.#refused',
        'if (outcome.result === "refused" && outcome.code !== "invalid") return this.#refused',
        _OF_OUTBOX,
    ),
    Bug(
        "what was refused as invalid leaves the outbox as if it were in the book",
        _OUTBOX,
        'if (result.result === "refused") {',
        'if (result.result === "refused" && result.code !== "invalid") {',
        _OF_OUTBOX,
    ),
    Bug(
        "pages of the depot before stay when the person is the same",
        _PAGES,
        "if (owner !== whose) {",
        'if (owner?.split(".")[0] !== whose.split(".")[0]) {',
        _OF_WORKER,
    ),
    Bug(
        "pages of the person before stay when the depot is the same",
        _PAGES,
        "if (owner !== whose) {",
        'if (owner?.split(".")[1] !== whose.split(".")[1]) {',
        _OF_WORKER,
    ),
    Bug(
        "what was kept without a database is kept twice",
        _STORE,
        "if (!isKnown) await here.add",
        "await here.add",
        _OF_OUTBOX,
    ),
    Bug(
        "what was kept without a database stays there when it has moved",
        _STORE,
        "    await plain.remove([seq]);\n",
        "",
        _OF_OUTBOX,
    ),
    Bug(
        "a second tap while it is saved is a second entry",
        _SAVING,
        "    if (this.#busy.has(sheet)) return;\n",
        "",
        _OF_OUTBOX,
    ),
    Bug(
        "the same code counts again too soon",
        _STREAM,
        "GONE_MS = 2000",
        "GONE_MS = 1000",
        _OF_SCAN,
    ),
    Bug(
        "a code in view counts again when it was in view for long",
        _STREAM,
        "    held.at = now;\n",
        "",
        _OF_SCAN,
    ),
    Bug(
        "two frames of another code agree",
        _STREAM,
        "before?.text === text && now",
        "before !== null && now",
        _OF_SCAN,
    ),
    Bug(
        "a batch that was refused whole is asked again for ever",
        _OUTBOX,
        "this.#single = true;",
        "this.#single = false;",
        _OF_OUTBOX,
    ),
    Bug(
        "a page of some network is taken for an answer",
        _OUTBOX,
        '!answer.headers.get("Content-Type")?.startsWith("application/json")',
        "false",
        _OF_OUTBOX,
    ),
    Bug(
        "who is signed out is not asked to sign in",
        _OUTBOX,
        "if (answer.status === 401) return { signedOut: true };",
        "if (answer.status === 401) return { later: true };",
        _OF_OUTBOX,
    ),
    Bug(
        "what another person did is sent as one's own, without a name",
        _OUTBOX,
        "{ person: me.person, doneBy }",
        "{ person: me.person }",
        _OF_OUTBOX,
    ),
    Bug(
        "what was dropped is sent all the same",
        _OUTBOX,
        'store.change(one.seq, { state: "dropped" })',
        'store.change(one.seq, { state: "waiting" })',
        _OF_OUTBOX,
    ),
    Bug(
        "what is undone waits for its undo, not the other way round",
        _OUTBOX,
        "{ dependsOn: [commandId] }",
        "{}",
        _OF_OUTBOX,
    ),
    Bug(
        "two tabs send at once",
        _OUTBOX,
        "await navigator.locks.request(CHANNEL, () => this.#send());",
        "await this.#send();",
        _OF_OUTBOX,
    ),
    Bug(
        "what waits is taken out with what was refused",
        _STORE,
        'if (found?.state === "needs") await change.store.delete(found.seq);',
        "if (found) await change.store.delete(found.seq);",
        _OF_OUTBOX,
    ),
    Bug(
        "a mended form is a new command",
        _SAVING,
        "const commandId = mended ?? newId();",
        "const commandId = newId();",
        _OF_OUTBOX,
    ),
    Bug(
        "what was refused overwrites what is being typed",
        _SAVING,
        "if (!isShown && !sheet.isFree()) return",
        "if (false) return",
        _OF_OUTBOX,
    ),
    Bug(
        "what was promised to be kept is taken out when it is refused",
        _SAVING,
        "if (!isPromised) sent.leaving",
        "sent.leaving",
        _OF_OUTBOX,
    ),
    Bug(
        "the list of another depot answers",
        _KNOWN,
        "return stored && stored.list.depot === outbox.me?.depot.id ? stored : null;",
        "return stored ?? null;",
        _OF_OUTBOX,
    ),
    Bug(
        "where the list cannot be fetched, none is known",
        _KNOWN,
        "if (answer.status !== 200) return stored?.list ?? null;",
        "if (answer.status !== 200) return null;",
        _OF_OUTBOX,
    ),
    Bug(
        "commands go in the order in which they are listed",
        _ORDER,
        "[...kept].sort((one, other) => one.seq - other.seq)",
        "[...kept]",
        _OF_OUTBOX,
    ),
    Bug(
        "what depends on a refused one goes",
        _ORDER,
        " || one.dependsOn.some((id) => stuck.has(id))) {",
        ") {",
        _OF_OUTBOX,
    ),
    Bug(
        "what depends on one further back that is stuck goes",
        _ORDER,
        "      stuck.add(one.commandId);\n",
        '      if (one.state === "needs") stuck.add(one.commandId);\n',
        _OF_OUTBOX,
    ),
    Bug(
        "what depends on one of the same batch goes with it",
        _ORDER,
        "    if (one.dependsOn.some((id) => going.has(id))) break;\n",
        "",
        _OF_OUTBOX,
    ),
    Bug(
        "a batch is of several people",
        _ORDER,
        "one.person.id === other.person.id && ",
        "",
        _OF_OUTBOX,
    ),
    Bug(
        "a batch is of several doers",
        _ORDER,
        " && one.doneBy === other.doneBy",
        "",
        _OF_OUTBOX,
    ),
    Bug(
        "what was refused for good is tried for ever",
        _ORDER,
        "return status >= 500 ||",
        "return status >= 400 ||",
        _OF_OUTBOX,
    ),
    Bug(
        "a batch is larger than may be sent",
        _ORDER,
        " || bytes > limits.bytes",
        "",
        _OF_OUTBOX,
    ),
    Bug(
        "pauses grow without end",
        _ORDER,
        "Math.min(most, first * 2 **",
        "Math.max(first, first * 2 **",
        _OF_OUTBOX,
    ),
    Bug(
        "a deed that was refused counts as done already",
        _SESSION,
        'code === deed["crate_code"] && state !== "refused"',
        'code === deed["crate_code"]',
        _OF_SCAN,
    ),
)

"""Single bugs in what runs in the browser, the outbox first, put in as those of by_hand.py."""

from __future__ import annotations

from typing import Final

from tests.mutants.bug import Bug

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

IN_BROWSER: Final = (
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

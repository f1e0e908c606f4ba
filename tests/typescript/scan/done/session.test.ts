import assert from "node:assert/strict";
import { test } from "node:test";
import { keyOf } from "../../../../blueprints/browser/src/scan/context.ts";
import { canUndo, MOST, Session, SESSION_MS, type Entry } from "../../../../blueprints/browser/src/scan/done/session.ts";

const deed = (to = "Shelf B2", code = "7K3M-9QX2") => ({ type: "move", crate_code: code, to });

function entry(id: string, to = "Shelf B2", change: Partial<Entry> = {}): Entry {
  const key = keyOf(deed(to));
  return { id, kind: "move", code: "7K3M-9QX2", key, title: id, state: "waiting", told: "", canUndo: true, at: 1000, ...change };
}

function withOne(): Session {
  const session = new Session([], 1000);
  session.add(entry("a"));
  return session;
}

test("what waits is saved once the depot says so, with what it says", () => {
  const session = withOne();
  session.hear({ commandId: "a", result: "posted", message: "It is at Shelf B2 now.", entryId: 7 });
  assert.deepEqual([session.find("a")?.state, session.find("a")?.told], ["saved", "It is at Shelf B2 now."]);
});

test("an answer that was given before is as good", () => {
  const session = withOne();
  session.hear({ commandId: "a", result: "repeated", message: "It is at Shelf B2 now.", entryId: 7 });
  assert.equal(session.find("a")?.state, "saved");
});

test("what wrote nothing cannot be undone", () => {
  const session = withOne();
  session.hear({ commandId: "a", result: "posted", message: "It stood there already.", entryId: null });
  assert.equal(session.find("a")?.canUndo, false);
  assert.ok(canUndo(deed()));
  assert.ok(!canUndo({ type: "unknown_scan", text: "BOX" }));
});

test("what is refused needs somebody", () => {
  const session = withOne();
  session.hear({ commandId: "a", result: "refused", message: "No such place.", entryId: null });
  assert.equal(session.find("a")?.state, "refused");
});

test("what was refused and then mended is saved", () => {
  const session = withOne();
  session.hear({ commandId: "a", result: "refused", message: "No such place.", entryId: null });
  session.hear({ commandId: "a", result: "posted", message: "It is at Shelf B2 now.", entryId: 7 });
  assert.deepEqual([session.find("a")?.state, session.find("a")?.told], ["saved", "It is at Shelf B2 now."]);
});

test("an answer about something else is no news", () => {
  assert.equal(withOne().hear({ commandId: "other", result: "posted", message: "", entryId: 7 }), undefined);
});

test("an undo waits, and then it is undone", () => {
  const session = withOne();
  session.hear({ commandId: "a", result: "posted", message: "", entryId: 7 });
  session.undoing("a", "u");
  assert.equal(session.find("a")?.state, "undoing");
  session.hear({ commandId: "u", result: "posted", message: "Undone.", entryId: 7 });
  assert.equal(session.find("a")?.state, "undone");
});

test("an undo asked for before the answer came stays an undo when it comes", () => {
  const session = withOne();
  session.undoing("a", "u");
  session.hear({ commandId: "a", result: "posted", message: "It is at Shelf B2 now.", entryId: 7 });
  assert.equal(session.find("a")?.state, "undoing");
});

test("an undo that is refused leaves the deed standing", () => {
  const session = withOne();
  session.undoing("a", "u");
  session.hear({ commandId: "u", result: "refused", message: "Too long ago.", entryId: null });
  assert.deepEqual([session.find("a")?.state, session.find("a")?.told], ["saved", "Too long ago."]);
});

test("the same deed once more is noticed, as long as it is the last thing done with the crate", () => {
  const session = withOne();
  assert.equal(session.already(deed())?.id, "a");
  assert.equal(session.already(deed("Arrivals")), undefined);
  session.add(entry("b", "Arrivals"));
  assert.equal(session.already(deed()), undefined, "it went elsewhere since");
});

test("what was refused in between changed nothing: the crate is still where it was put", () => {
  const session = withOne();
  session.add(entry("b", "Arrivals", { state: "refused" }));
  assert.equal(session.already(deed())?.id, "a");
});

test("what was undone or refused may be done again", () => {
  for (const state of ["undone", "undoing", "refused"] as const) {
    const session = new Session([entry("a", "Shelf B2", { state })], 1000);
    assert.equal(session.already(deed()), undefined, state);
  }
});

test("the next day begins with an empty list, and no list grows for ever", () => {
  assert.deepEqual(new Session([entry("a")], 1000 + SESSION_MS).entries, []);
  const session = new Session([], 0);
  for (let at = 0; at < MOST + 5; at++) session.add(entry(String(at)));
  assert.equal(session.entries.length, MOST);
  assert.equal(session.entries[0]?.id, String(MOST + 4));
});

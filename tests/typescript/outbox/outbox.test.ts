import assert from "node:assert/strict";
import { test } from "node:test";
import type { Outcome } from "../../../blueprints/browser/src/outbox/kinds.ts";
import type { Outbox } from "../../../blueprints/browser/src/outbox/outbox.ts";
import { ANA, BEN, browser, json, pause, sent, tab, until, type Batch } from "./browser.ts";

const around = browser();

const scan = (what: string): { type: string; what: string } => ({ type: "move", what });
const inBook = (): unknown[] => [...around.depot.book.values()].map(({ what }) => what);
const has = ({ commands }: Batch, what: string): boolean => commands.some((command) => command["what"] === what);

/** Keep several things while there is no connection. */
async function keepAll(outbox: Outbox, ...whats: string[]): Promise<string[]> {
  around.online = false;
  const ids: string[] = [];
  for (const what of whats) ids.push(await outbox.keep(scan(what), what));
  return ids;
}

function connect(outbox: Outbox): void {
  around.online = true;
  outbox.retry();
}

test("what was kept goes in order, once, and is counted", async () => {
  const outbox = tab();
  const ids = await keepAll(outbox, "A", "B", "C");
  assert.equal(around.depot.heard.length, 0);
  connect(outbox);
  await sent(outbox);
  assert.deepEqual(inBook(), ["A", "B", "C"]);
  assert.deepEqual((await outbox.doneSince(0)).map(({ commandId }) => commandId).sort(), ids.sort());
});

test("one that is refused in a batch needs a person, and the rest is in the book", async () => {
  const outbox = tab();
  around.depot.refuses = ({ what }) => (what === "B" ? { message: "No such crate.", errors: { code: ["Unknown."] }, near: ["X"] } : undefined);
  await keepAll(outbox, "A", "B", "C");
  connect(outbox);
  await sent(outbox);
  assert.deepEqual(inBook(), ["A", "C"]);
  const [left, ...more] = await outbox.all();
  assert.deepEqual(more, []);
  assert.deepEqual([left?.state, left?.reason, left?.errors, left?.near], ["needs", "No such crate.", { code: ["Unknown."] }, ["X"]]);
});

test("what is in the book and must not wait is remembered as such and heard at once", async () => {
  const outbox = tab();
  const heard: Outcome[] = [];
  outbox.onOutcome((outcome) => heard.push(outcome));
  around.depot.isUrgent = ({ what }) => what === "B";
  await keepAll(outbox, "A", "B");
  connect(outbox);
  await sent(outbox);
  assert.deepEqual((await outbox.doneSince(0)).filter(({ urgent }) => urgent).map(({ words }) => words), ["B"]);
  assert.deepEqual(heard.map(({ urgent }) => urgent ?? false), [false, true]);
});

test("one for which the whole batch is refused is found, alone, and the others go", async () => {
  const outbox = tab();
  around.depot.otherwise = (batch) => (has(batch, "B") ? json({ code: "invalid", message: "That is too much." }, 422) : undefined);
  await keepAll(outbox, "A", "B", "C", "D");
  connect(outbox);
  await sent(outbox);
  assert.deepEqual(inBook(), ["A", "C", "D"]);
  assert.deepEqual((await outbox.all()).map(({ state, reason, words }) => [words, state, reason]), [["B", "needs", "That is too much."]]);
  assert.deepEqual(around.depot.heard.map(({ commands }) => commands.length), [4, 1, 1, 2]);
});

test("signed out, all waits and asks to sign in, and then goes once", async () => {
  const outbox = tab();
  around.depot.otherwise = () => json({ code: "signed_out" }, 401);
  await outbox.keep(scan("A"), "A");
  await until("it asks to sign in", () => outbox.signedOut);
  assert.deepEqual((await outbox.all()).map(({ state }) => state), ["waiting"]);
  around.depot.otherwise = () => undefined;
  await sent(outbox);
  assert.equal(outbox.signedOut, false);
  assert.deepEqual(inBook(), ["A"]);
});

test("a server in trouble is asked again until it takes it", async () => {
  const outbox = tab();
  around.depot.otherwise = () => json({ code: "storage_unavailable", message: "Busy." }, 503);
  await outbox.keep(scan("A"), "A");
  await until("it was asked again", () => around.depot.heard.length >= 3);
  assert.deepEqual((await outbox.all()).map(({ state }) => state), ["waiting"]);
  assert.equal(outbox.signedOut, false);
  around.depot.otherwise = () => undefined;
  await sent(outbox);
  assert.deepEqual(inBook(), ["A"]);
});

test("a page that some network puts in front is no answer", async () => {
  const outbox = tab();
  around.depot.otherwise = () => new Response("<h1>Welcome to the guest network</h1>", { headers: { "Content-Type": "text/html" } });
  await outbox.keep(scan("A"), "A");
  await until("it was asked again", () => around.depot.heard.length >= 2);
  assert.deepEqual((await outbox.all()).map(({ state }) => state), ["waiting"]);
});

test("what some network says as if it were an answer refuses nothing", async () => {
  const outbox = tab();
  const told = JSON.stringify({ code: "pay", message: "Please pay first." });
  around.depot.otherwise = () => new Response(told, { status: 402, headers: { "Content-Type": "text/html" } });
  await outbox.keep(scan("A"), "A");
  await until("it was asked again", () => around.depot.heard.length >= 2);
  assert.deepEqual((await outbox.all()).map(({ state }) => state), ["waiting"]);
});

test("an undo waits for what it undoes, as long as that needs a person", async () => {
  const outbox = tab();
  around.depot.refuses = ({ what }) => (what === "wrong" ? { message: "No." } : undefined);
  const id = await outbox.keep(scan("wrong"), "wrong");
  await sent(outbox);
  const undo = await outbox.undo(id, "Undo: wrong");
  const other = await outbox.keep(scan("B"), "B");
  await until("the other is in the book", () => inBook().includes("B"));
  assert.deepEqual([...around.depot.book.keys()], [other], "there is nothing to undo yet");
  const kept = await outbox.find(id);
  assert.ok(kept);
  await outbox.mend(kept, scan("right"), "right");
  await sent(outbox);
  assert.deepEqual([...around.depot.book.keys()], [other, id, undo]);
});

test("an answer that gets lost makes no second entry", async () => {
  const outbox = tab();
  around.depot.losesAnswer = () => around.depot.heard.length === 1;
  await outbox.keep(scan("A"), "A");
  await sent(outbox);
  assert.equal(around.depot.heard.length, 2);
  assert.deepEqual(inBook(), ["A"]);
  assert.deepEqual(await outbox.all(), []);
});

test("another person's things wait for an answer while one's own go, and are sent under who did them", async () => {
  const before = tab(ANA);
  await keepAll(before, "Ana's");
  const outbox = tab(BEN);
  around.depot.otherwise = ({ person }) => (person === ANA.person.id ? json({ code: "other_person" }, 409) : undefined);
  await outbox.keep(scan("Ben's"), "Ben's");
  connect(outbox);
  await until("Ben's is in the book", () => inBook().includes("Ben's"));
  assert.deepEqual((await outbox.all()).map(({ words, state }) => [words, state]), [["Ana's", "waiting"]]);
  assert.deepEqual([...outbox.held.persons], [ANA.person.id]);
  await outbox.takeOver(ANA.person, BEN);
  await sent(outbox);
  const last = around.depot.heard.at(-1);
  assert.deepEqual([last?.person, last?.done_by], [BEN.person.id, "Ana"]);
  assert.deepEqual(inBook(), ["Ben's", "Ana's"]);
});

test("another depot's things wait for it", async () => {
  const outbox = tab({ ...ANA, depot: { id: 9, name: "South" } });
  await keepAll(outbox, "South's");
  outbox.me = ANA;
  around.depot.otherwise = ({ depot }) => (depot === 9 ? json({ code: "other_depot" }, 409) : undefined);
  await outbox.keep(scan("North's"), "North's");
  connect(outbox);
  await until("North's is in the book", () => inBook().includes("North's"));
  assert.deepEqual((await outbox.all()).map(({ words, state }) => [words, state]), [["South's", "waiting"]]);
  assert.deepEqual([...outbox.held.depots], [9]);
});

test("two tabs send one after the other, each command once, and both hear what became of it", async () => {
  const tabs = [tab(), tab()];
  const heard = tabs.map((outbox) => {
    const told: [string, Outcome["result"]][] = [];
    outbox.onOutcome(({ commandId, result }) => told.push([commandId, result]));
    return told;
  });
  around.online = false;
  const ids: string[] = [];
  for (const outbox of tabs) ids.push(await outbox.keep(scan(`of tab ${ids.length}`), ""));
  for (const outbox of tabs) connect(outbox);
  await until("both are told of both", () => heard.every((told) => told.length >= 2));
  await pause(20);
  assert.deepEqual([...around.depot.book.keys()], ids);
  assert.equal(around.depot.mostAtOnce, 1);
  assert.equal(around.depot.heard.flatMap(({ commands }) => commands).length, 2);
  for (const told of heard) assert.deepEqual(told, ids.map((id) => [id, "posted"]));
});

test("a newer version of the pages may change the database at once, and this page goes on keeping", async () => {
  const outbox = tab();
  await keepAll(outbox, "A");
  const newer = await new Promise<IDBDatabase>((done, failed) => {
    const opening = indexedDB.open("depot", 2);
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
    opening.onblocked = () => failed(new Error("the old page holds on to it"));
  });
  newer.close();
  await outbox.keep(scan("B"), "B");
  assert.deepEqual((await outbox.all()).map(({ words }) => words), ["B"], "the newer page sends what is in its database");
  connect(outbox);
  await sent(outbox);
  assert.deepEqual(inBook(), ["B"]);
});

test("what was refused is mended in its place and under its id", async () => {
  const outbox = tab();
  around.depot.refuses = ({ what }) => (what === "wrong" ? { message: "No." } : undefined);
  const id = await outbox.keep(scan("wrong"), "wrong");
  await sent(outbox);
  const kept = await outbox.find(id);
  assert.ok(kept);
  await outbox.mend(kept, scan("right"), "right");
  await sent(outbox);
  assert.deepEqual([...around.depot.book.keys()], [id]);
  assert.deepEqual(inBook(), ["right"]);
  assert.deepEqual(await outbox.all(), []);
});

test("what was refused is taken back by its form, what waits is not", async () => {
  const outbox = tab();
  around.depot.refuses = () => ({ message: "No." });
  const refused = await outbox.keep(scan("A"), "A");
  await sent(outbox);
  const [waiting] = await keepAll(outbox, "B");
  let changes = 0;
  outbox.onChange(() => (changes += 1));
  await outbox.takeBack(refused);
  await outbox.takeBack(waiting ?? "");
  assert.deepEqual((await outbox.all()).map(({ words }) => words), ["B"]);
  assert.ok(changes, "the bar is told");
});

test("what is dropped goes with its undo and is not sent", async () => {
  const outbox = tab();
  const [id] = await keepAll(outbox, "A", "B");
  await outbox.undo(id ?? "", "Undo: A");
  const kept = await outbox.find(id ?? "");
  assert.ok(kept);
  await outbox.drop(kept);
  connect(outbox);
  await until("the other is in the book", () => inBook().length === 1);
  await pause(10);
  assert.deepEqual(inBook(), ["B"]);
  await outbox.clearDropped();
  assert.deepEqual(await outbox.all(), []);
});

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { forgetAll, isFresh, isOfUse, kept, remember } from "../../../blueprints/browser/src/sw/pages.ts";
import { Caches } from "./caches.ts";

beforeEach(() => void Object.defineProperty(globalThis, "caches", { value: new Caches(), configurable: true }));

const at = (path: string): URL => new URL(path, "https://depot.example");
/** A page of person 1 in depot 1, unless something else is said. */
const page = (text: string, whose = "1.1", status = 200): Response =>
  new Response(text, { status, headers: { "Depot-Page": whose, "Depot-Keep": "yes" } });
const shown = async (path: string): Promise<string | undefined> => (await kept(at(path)))?.text();

test("the last good copy of a useful page is kept", async () => {
  await remember(at("/scan"), page("old"), true);
  await remember(at("/scan?from=home"), page("new"), true);
  assert.equal(await shown("/scan"), "new");
});

test("a page in another depot, or of another person, ends all pages of before", async () => {
  for (const other of ["1.2", "2.1"]) {
    await remember(at("/scan"), page("North", "1.1"), true);
    await remember(at("/donations/new"), page("North", "1.1"), true);
    await remember(at("/donations/new"), page("South", other), true);
    assert.equal(await shown("/scan"), undefined, other);
    assert.equal(await shown("/donations/new"), "South", other);
  }
});

test("a page that is not kept ends those of before all the same", async () => {
  await remember(at("/scan"), page("North", "1.1"), true);
  await remember(at("/account"), page("South", "1.2"), false);
  assert.equal(await shown("/scan"), undefined);
  assert.equal(await shown("/account"), undefined);
});

test("pages of the same person in the same depot stay", async () => {
  await remember(at("/scan"), page("scan"), true);
  await remember(at("/stock"), page("stock"), false);
  assert.equal(await shown("/scan"), "scan");
});

test("the sign-in page, and signing out, end what was kept", async () => {
  await remember(at("/scan"), page("scan"), true);
  await remember(at("/sign-in"), new Response("sign in"), false);
  assert.equal(await shown("/scan"), undefined);
  await remember(at("/scan"), page("scan"), true);
  await forgetAll();
  assert.equal(await shown("/scan"), undefined);
});

test("problems, pages of nobody and pages that may not be kept are not kept", async () => {
  await remember(at("/scan"), page("good"), true);
  await remember(at("/scan"), page("broken", "1.1", 500), true);
  await remember(at("/scan"), new Response("of nobody"), true);
  await remember(at("/scan"), new Response("not to keep", { headers: { "Depot-Page": "1.1" } }), true);
  assert.equal(await shown("/scan"), "good");
});

test("pages of the door are of use without a connection, others are not", () => {
  const useful = ["/scan", "/scan/waiting", "/donations/new", "/hand-outs/12", "/hand-outs/12/people", "/rota/mine", "/handover/", "/handover/new", "/rota/7", "/rota/7.2026-12-01"];
  assert.deepEqual(useful.filter(isOfUse), useful);
  assert.deepEqual(["/", "/stock", "/scan/list", "/hand-outs/new", "/hand-outs/12/close", "/rota/7/off", "/rota/new", "/x/scan"].filter(isOfUse), []);
});

test("a copy is fresh for two minutes, and only while it is there and of the same person", async (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
  assert.equal(await isFresh(at("/scan")), false);
  await remember(at("/scan"), page("scan"), true);
  context.mock.timers.tick(119_000);
  assert.equal(await isFresh(at("/scan")), true);
  context.mock.timers.tick(1_000);
  assert.equal(await isFresh(at("/scan")), false);
  await remember(at("/scan"), page("scan"), true);
  await remember(at("/donations/new"), page("of another", "2.1"), true);
  assert.equal(await isFresh(at("/scan")), false);
  assert.equal(await isFresh(at("/donations/new")), true);
});

test("a guide's copy is fresh for a day, by when it was written", async () => {
  const guide = (hours: number): Response =>
    new Response("guide", { headers: { "Depot-Page": "1.1", "Depot-Keep": "yes", Date: new Date(Date.now() - hours * 3_600_000).toUTCString() } });
  assert.ok(isOfUse("/guides/scan") && !isOfUse("/guides/") && !isOfUse("/guides/pictures/scan.png"));
  assert.equal(await isFresh(at("/guides/scan")), false);
  await remember(at("/guides/scan"), guide(23), true);
  assert.equal(await isFresh(at("/guides/scan")), true);
  await remember(at("/guides/scan"), guide(25), true);
  assert.equal(await isFresh(at("/guides/scan")), false);
});

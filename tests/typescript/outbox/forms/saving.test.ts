import assert from "node:assert/strict";
import { test } from "node:test";
import { confirming, type Fields } from "../../../../blueprints/browser/src/outbox/forms/fields.ts";
import type { Deed } from "../../../../blueprints/browser/src/outbox/kinds.ts";
import { bestFit, Saving, type Around, type Refusal, type Sheet } from "../../../../blueprints/browser/src/outbox/forms/saving.ts";
import type { Outbox } from "../../../../blueprints/browser/src/outbox/outbox.ts";
import { browser, json, pause, sent, tab, until } from "../browser.ts";

const around = browser();

/** A form with one field, in which somebody types. */
class Form implements Sheet {
  readonly page = "/donations/new";
  readonly then: string | undefined;
  typed = "";
  complaint = "";

  constructor(then?: string) {
    this.then = then;
  }

  deed(): Deed {
    return { type: "form", form: "donation", args: {}, fields: { weight: this.typed } };
  }

  words(): string {
    return `Donation: ${this.typed}`;
  }

  isFree(): boolean {
    return this.typed === "";
  }

  clear(): void {
    this.typed = this.complaint = "";
  }

  giveBack(fields: Fields, { message }: Refusal): void {
    this.typed = fields["weight"] ?? "";
    this.complaint = message;
  }

  focus(): void {}
}

interface Page {
  outbox: Outbox;
  saving: Saving;
  form: Form;
  /** What the page said, and where it went on to. */
  said: string[];
  undo: () => void;
}

function open(form = new Form()): Page {
  const outbox = tab();
  const page: Page = { outbox, form, said: [], undo: () => assert.fail("no undo was offered"), saving: undefined as unknown as Saving };
  const say = (what: string): void => void page.said.push(what);
  const told: Around = {
    saving: () => say("saving"),
    cannotKeep: () => say("cannot keep"),
    kept: (words, undo) => {
      say(`kept ${words}`);
      if (undo) page.undo = undo;
    },
    saved: () => say("saved"),
    refused: (message) => say(`in the list: ${message}`),
    undoOf: (words) => `Undo: ${words}`,
    undone: ({ result }) => say(`undone: ${result}`),
    givenBack: () => say("given back"),
    goOn: (then) => say(`on to ${then}`),
    changed: () => undefined,
    isOnline: () => around.online,
  };
  page.saving = new Saving(outbox, told);
  return page;
}

/** The depot takes whole and decimal numbers. */
function takesNumbers(): void {
  around.depot.refuses = ({ fields }) => (/^[\d.]+$/.test(weightOf(fields)) ? undefined : { message: "That is no number." });
}

const weightOf = (fields: unknown): string => (fields as { weight: string }).weight;
const inBook = (): string[] => [...around.depot.book.values()].map(({ fields }) => weightOf(fields));
const states = async ({ outbox }: Page): Promise<string[]> => (await outbox.all()).map(({ state }) => state);

async function save(page: Page, typed: string): Promise<void> {
  page.form.typed = typed;
  await page.saving.save(page.form);
}

async function connect(page: Page): Promise<void> {
  around.online = true;
  page.outbox.retry();
  await sent(page.outbox);
  await pause(5);
}

for (const then of [undefined, "/crates/7K3M-9QX2"]) {
  const kind = then === undefined ? "a form that is ready for the next one" : "a form whose page goes on";

  test(`${kind}: refused in place, nothing waits, and what was typed is there`, async () => {
    takesNumbers();
    const page = open(new Form(then));
    await save(page, "9-1");
    assert.deepEqual([page.form.typed, page.form.complaint], ["9-1", "That is no number."]);
    assert.deepEqual(await states(page), []);
    assert.deepEqual(page.said, ["saving", "given back"], "what is refused was not saved");
  });

  test(`${kind}: refused in place and set right, it is one entry and the same command`, async () => {
    takesNumbers();
    const page = open(new Form(then));
    for (const typed of ["9-1", "9--1", "9.1"]) await save(page, typed);
    assert.deepEqual(inBook(), ["9.1"]);
    assert.deepEqual(await states(page), []);
    assert.equal(new Set(around.depot.heard.map(({ commands }) => commands[0]?.command_id)).size, 1);
    assert.equal(page.said.at(-1), then === undefined ? "saved" : `on to ${then}`);
  });

  test(`${kind}: kept without a connection and refused later, it waits for a person and is replaced when it is mended`, async () => {
    takesNumbers();
    const page = open(new Form(then));
    around.online = false;
    await save(page, "9-1");
    assert.deepEqual(page.said, ["saving", "kept Donation: 9-1"]);
    await connect(page);
    assert.deepEqual(await states(page), ["needs"], "its person was told that it is kept");
    assert.deepEqual([page.form.typed, page.form.complaint], ["9-1", "That is no number."]);
    await save(page, "9--1");
    assert.deepEqual(await states(page), ["needs"], "it stays listed until it is right");
    await save(page, "9.1");
    assert.deepEqual(inBook(), ["9.1"]);
    assert.deepEqual(await states(page), []);
  });

  test(`${kind}: opened from the list and mended, it takes the place of what it mends`, async () => {
    takesNumbers();
    const before = open(new Form(then));
    around.online = false;
    await save(before, "9-1");
    await connect(before);
    const page = open(new Form(then));
    const [kept] = await page.outbox.all();
    assert.ok(kept);
    page.saving.mend(page.form, kept);
    assert.deepEqual([page.form.typed, page.form.complaint], ["9-1", "That is no number."]);
    await save(page, "9.1");
    assert.deepEqual([...around.depot.book.keys()], [kept.commandId]);
    assert.deepEqual(await states(page), []);
  });

  test(`${kind}: a second tap while it is saved does nothing`, async () => {
    const page = open(new Form(then));
    page.form.typed = "5";
    await Promise.all([page.saving.save(page.form), page.saving.save(page.form)]);
    await sent(page.outbox);
    assert.deepEqual(inBook(), ["5"]);
    assert.equal(page.said.filter((said) => said === "saving").length, 1);
  });

  test(`${kind}: saved once, what is saved next is another entry`, async () => {
    const page = open(new Form(then));
    await save(page, "5");
    await save(page, "6");
    assert.deepEqual(inBook(), ["5", "6"]);
  });

  test(`${kind}: what cannot be kept is said, and tried again it is the same`, async () => {
    const page = open(new Form(then));
    const kept: unknown[] = [];
    page.outbox.keep = (_deed, _words, more) => {
      kept.push(more?.commandId);
      return Promise.reject(new Error("full"));
    };
    for (const typed of ["5", "5"]) await save(page, typed);
    assert.deepEqual(page.said, ["saving", "cannot keep", "saving", "cannot keep"]);
    assert.equal(page.form.typed, "5");
    assert.ok(kept[0] !== undefined && kept[0] === kept[1]);
  });
}

test("mended in another tab meanwhile, the form is free, and saves no second entry of it", async () => {
  takesNumbers();
  const page = open();
  around.online = false;
  await save(page, "9-1");
  await connect(page);
  const [kept] = await page.outbox.all();
  assert.ok(kept);
  await tab().mend(kept, { ...kept.deed, fields: { weight: "9.1" } });
  await until("this tab is told", () => page.said.at(-1) === "saved");
  assert.equal(page.form.typed, "");
  await save(page, "4");
  assert.deepEqual(inBook(), ["9.1", "4"]);
});

test("set right before the refused one has left the outbox, it is not lost with it", async () => {
  takesNumbers();
  const page = open();
  const { outbox } = page;
  const [find, takeBack] = [outbox.find.bind(outbox), outbox.takeBack.bind(outbox)];
  outbox.takeBack = (id) => pause(10).then(() => takeBack(id));
  await save(page, "9-1");
  outbox.find = async (id) => {
    const found = await find(id);
    await pause(30); // long enough for it to leave in between
    return found;
  };
  await save(page, "9.1");
  assert.deepEqual(inBook(), ["9.1"]);
});

test("what is refused while the next is being typed goes to the list, and what is typed stays", async () => {
  around.depot.refuses = () => ({ message: "No." });
  const page = open();
  around.online = false;
  await save(page, "1");
  page.form.typed = "2";
  await connect(page);
  assert.deepEqual([page.form.typed, page.form.complaint], ["2", ""]);
  assert.equal(page.said.at(-1), "in the list: No.");
  assert.deepEqual(await states(page), ["needs"]);
});

test("typed on before the answer comes, what is refused is in the list, for its form is gone", async () => {
  around.depot.refuses = () => ({ message: "No." });
  let answer = (): void => undefined;
  const asked = new Promise<void>((resolve) => { answer = resolve; });
  around.depot.takes = () => asked; // until the next one is typed: else it may be answered between two looks
  const page = open();
  const saving = save(page, "1");
  await until("the form is ready for the next one", () => page.form.typed === "");
  page.form.typed = "2";
  answer();
  await saving;
  assert.deepEqual(await states(page), ["needs"]);
  assert.equal(page.form.typed, "2");
});

test("what is refused in place waits nowhere, also when the page is left at once", async () => {
  takesNumbers();
  await save(open(), "9-1");
  assert.deepEqual(await states(open()), []);
  assert.deepEqual(inBook(), []);
});

test("signed out, what is saved is kept and said to be", async () => {
  around.depot.otherwise = () => json({ code: "signed_out" }, 401);
  const page = open();
  await save(page, "5");
  assert.deepEqual(page.said, ["saving", "kept Donation: 5"]);
  assert.deepEqual(await states(page), ["waiting"]);
});

test("what is kept is undone before it was sent, and both go", async () => {
  const page = open();
  around.online = false;
  await save(page, "5");
  page.undo();
  await until("the undo is kept", () => page.said.at(-1) === "kept Undo: Donation: 5");
  await connect(page);
  assert.deepEqual([...around.depot.book.values()].map(({ type }) => type), ["form", "undo"]);
  assert.equal(page.said.at(-1), "undone: posted");
});

test("of several forms of a page, what is mended goes back to the one it was typed into", () => {
  const [item, crate] = [["lines-0-item", "lines-0-amount", "crate_code", "lines-0-location"], ["crate_code"]].map((names) => ({ names: () => new Set(names) }));
  const typed = (fields: Record<string, string>): { deed: Deed } => ({ deed: { type: "form", form: "bring-back", fields } });
  assert.ok(item && crate);
  assert.equal(bestFit(typed({ crate_code: "7K3M-9QX2" }), [item, crate]), crate);
  const both = { "lines-0-item": "Rice", "lines-0-amount": "2", crate_code: "7K3M-9QX2" };
  assert.equal(bestFit(typed(both), [crate, item]), item);
  assert.equal(bestFit(typed(both), []), undefined);
});

test("what is asked before it is saved comes back to its form with the questions, and yes is kept with what was said before", async () => {
  const asked = [{ confirm: "k2", message: "12,500 kg is a lot. Is it right?" }];
  around.depot.refuses = () => ({ message: "Is it right?", questions: asked });
  const form = new Form();
  let shown: Refusal | undefined;
  form.giveBack = (_fields, why): void => void (shown = why);
  const page = open(form);
  await save(page, "12500");
  assert.deepEqual(shown?.questions, asked);
  assert.equal(confirming("k1", asked), "k1 k2");
  assert.equal(confirming(undefined, asked), "k2");
  around.online = false;
  await save(page, "12500");
  await connect(page);
  const [kept] = await page.outbox.all();
  assert.deepEqual([kept?.state, kept?.questions], ["needs", asked], "the list can answer it too");
});

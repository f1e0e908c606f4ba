import assert from "node:assert/strict";
import { test } from "node:test";
import { complaintOf, deedOf, typedOf, type Typed } from "../../../blueprints/browser/src/counts/lines.ts";
import { Tallies, type Line } from "../../../blueprints/browser/src/counts/sheet.ts";
import type { Outbox } from "../../../blueprints/browser/src/outbox/outbox.ts";
import { browser, pause, sent, tab } from "../outbox/browser.ts";

const around = browser();

/** A line of the page, in which somebody types. */
class Written implements Line {
  readonly number: string;
  readonly item = "Rice";
  amount: string;
  state = "";
  complaint = "";
  #held: string;

  constructor(number: string, amount = "") {
    this.number = number;
    this.amount = this.#held = amount;
  }

  get isWritten(): boolean {
    return this.amount !== this.#held;
  }

  get typed(): Typed {
    return { number: this.number, amount: this.amount, date: "" };
  }

  hold(): void {
    this.#held = this.amount;
    [this.state, this.complaint] = ["kept", ""];
  }

  fill({ amount }: Typed): void {
    this.amount = amount;
  }

  giveBack(complaint: string): void {
    this.#held = "\n";
    [this.state, this.complaint] = ["", complaint];
  }

  show(state: "saved"): void {
    this.state = state;
  }
}

/** The time that stands on the paper. */
let paper = "";

interface Page {
  outbox: Outbox;
  tallies: Tallies;
  lines: Written[];
}

function open(counter = "1", shown = ["", ""]): Page {
  const outbox = tab();
  const lines = shown.map((amount, index) => new Written(String(index + 1), amount));
  const place = { sheetId: 7, counter, title: "Count Shelf B2", page: "/counts/7", countedAt: () => paper };
  return { outbox, lines, tallies: new Tallies(outbox, place, lines, () => undefined) };
}

async function write(page: Page, index: number, amount: string): Promise<void> {
  const line = page.lines[index];
  assert.ok(line);
  line.amount = amount;
  await page.tallies.save(line);
}

async function settled(page: Page): Promise<void> {
  page.outbox.retry();
  await sent(page.outbox);
  await pause(10);
}

/** The depot takes whole numbers, and nothing. */
function takesNumbers(): void {
  around.depot.refuses = ({ fields }) => {
    const amount = (fields as Record<string, string>)["lines-0-amount"] ?? "";
    return /^\d*$/.test(amount) ? undefined : { message: "Look below.", errors: { "lines-0-amount": ["That is no number."] } };
  };
}

const inBook = (): string[] =>
  [...around.depot.book.values()].map(({ fields }) => Object.values(fields as Record<string, string>).join("/"));
const states = async ({ outbox }: Page): Promise<string[]> => (await outbox.all()).map(({ state }) => state);

test("a line goes out as soon as it is written, once, as a form of its own", async () => {
  const page = open("2");
  await write(page, 1, "12");
  await write(page, 1, "12");
  await settled(page);
  assert.deepEqual(inBook(), ["2/2/12/"]);
  assert.equal(page.lines[1]?.state, "saved");
});

test("without a connection every line is kept, and all are sent in their order", async () => {
  const page = open();
  around.online = false;
  await write(page, 0, "4");
  await write(page, 1, "9");
  await write(page, 0, "5");
  assert.deepEqual(await states(page), ["waiting", "waiting", "waiting"]);
  around.online = true;
  await settled(page);
  assert.deepEqual(inBook(), ["1/1/4/", "1/2/9/", "1/1/5/"]);
});

test("a number wiped out is sent as a blank, which is no zero", async () => {
  const page = open("1", ["6", ""]);
  await write(page, 0, "");
  await settled(page);
  assert.deepEqual(inBook(), ["1/1//"]);
});

test("what is refused stands at its line and waits nowhere; set right, it is sent", async () => {
  takesNumbers();
  const page = open();
  await write(page, 0, "x");
  await settled(page);
  assert.deepEqual([page.lines[0]?.complaint, page.lines[0]?.amount], ["That is no number.", "x"]);
  assert.deepEqual(await states(page), []);
  await write(page, 0, "8");
  await settled(page);
  assert.deepEqual(inBook(), ["1/1/8/"]);
  assert.equal(page.lines[0]?.complaint, "");
});

test("what this phone kept stands in its line again when the sheet is opened", async () => {
  const before = open();
  around.online = false;
  await write(before, 0, "4");
  await write(before, 0, "5");
  await write(before, 1, "9");
  const page = open("1", ["3", ""]);
  await page.tallies.fillIn();
  assert.deepEqual(page.lines.map(({ amount, state }) => [amount, state]), [["5", "kept"], ["9", "kept"]]);
  const second = open("2", ["", ""]);
  await second.tallies.fillIn();
  assert.deepEqual(second.lines.map(({ amount }) => amount), ["", ""]);
});

test("what was refused while the sheet was closed is mended in its line, under its own id", async () => {
  takesNumbers();
  const before = open();
  around.online = false;
  await write(before, 1, "x");
  before.lines.splice(0); // that page is closed
  const closed = tab();
  around.online = true;
  await settled({ ...before, outbox: closed });
  const [kept] = await closed.all();
  assert.equal(kept?.state, "needs");
  const page = open();
  const line = await page.tallies.fillIn(kept.commandId);
  assert.equal(line, page.lines[1]);
  assert.equal(page.lines[1]?.complaint, "That is no number.");
  await write(page, 1, "7");
  await settled(page);
  assert.deepEqual([...around.depot.book.keys()], [kept.commandId]);
  assert.deepEqual(await states(page), []);
});

test("what is typed from paper says when it was counted", async () => {
  const page = open();
  paper = "2026-11-21T10:00";
  await write(page, 0, "4");
  paper = "";
  await write(page, 1, "9");
  await settled(page);
  assert.deepEqual(inBook(), ["1/1/4//2026-11-21T10:00", "1/2/9/"]);
});

test("who is done is told when all is taken, and is not held up for ever", async () => {
  const page = open();
  await write(page, 0, "4");
  await page.tallies.settle(5_000);
  assert.deepEqual(inBook(), ["1/1/4/"]);
  around.online = false;
  around.depot.otherwise = () => new Response("", { status: 503 });
  await write(page, 1, "9");
  await page.tallies.settle(5);
  assert.deepEqual(await states(page), ["waiting"]);
});

test("a line is read back from what was sent, and other forms are none", () => {
  const typed = { number: "3", amount: "1 1/2", date: "05/2027" };
  assert.deepEqual(typedOf(deedOf(7, "2", typed)), { ...typed, counter: "2", sheetId: 7 });
  assert.equal(typedOf({ type: "form", form: "donation", args: {}, fields: {} }), null);
});

test("what is wrong with the line is said, else what is wrong at all", () => {
  assert.equal(complaintOf("Closed.", { form: ["x"] }), "Closed.");
  assert.equal(complaintOf("Look.", { "lines-0-amount": ["No number."], "lines-0-date": ["No date."] }), "No number. No date.");
});

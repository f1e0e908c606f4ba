// A van with several kinds: each becomes a line of the one form, which is then saved as one delivery. Without this the
// depot does the same, page by page; the lines are fields of the form, and nothing is decided here.
import { plainDigits } from "../common/digits.ts";
import { addRow } from "../common/rows.ts";
import { Words, type Spoken } from "../common/words.ts";

/** What moves from the kind that is being weighed into its line. */
const MOVED = ["what", "weight", "date", "date_kind", "crate_code"] as const;
/** A row for an item is added while fewer than these are free. */
const FREE_ROWS = 2;

type Field = HTMLInputElement | HTMLTextAreaElement;

class Van {
  readonly #form: HTMLFormElement;
  readonly #words: Words;
  readonly #unitGrams: number;
  readonly #save: HTMLElement;
  readonly #saveWords: string;
  readonly #from: HTMLDetailsElement;
  /** The kind that was chosen when the thumb came down on it: tapped again, it is none. */
  #wasChosen: HTMLInputElement | null = null;
  /** Arrows choose each kind that they pass: nobody is carried away from there before the one that is meant. */
  #isByKey = false;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#words = new Words(JSON.parse(form.dataset["words"] ?? "{}") as Record<string, Spoken>, document.documentElement.lang || "en");
    this.#unitGrams = Number(form.dataset["unitGrams"]);
    this.#save = this.#part("button.main span");
    this.#saveWords = this.#save.textContent ?? "";
    this.#from = this.#part("details.from");
    this.#part("[data-add-line]").addEventListener("click", (event) => this.#add(event));
    form.addEventListener("click", (event) => this.#clicked(event));
    form.addEventListener("pointerdown", ({ target }) => {
      this.#isByKey = false;
      this.#wasChosen = pickOf(target)?.checked ? pickOf(target) : null;
    });
    form.addEventListener("keydown", () => this.#isByKey = true);
    form.addEventListener("change", ({ target }) => this.#chosen(target));
    form.addEventListener("input", () => this.#show());
    form.addEventListener("reset", () => setTimeout(() => this.#begin()));
    for (const shown of form.querySelectorAll<HTMLElement>("[data-scripted]")) shown.hidden = false;
    this.#show();
  }

  /** The kind that is being weighed becomes a line, if all is said that it needs. */
  #add(event: Event): void {
    event.preventDefault();
    if (this.#value("what") === "items") return this.#nextItem();
    if (!this.#value("what") || !this.#value("weight") || typed(this.#value("weight")) === 0) return this.#ask();
    const row = addRow(this.#form, "weighed");
    if (!row) return;
    const values = new Map<string, string>(MOVED.map((name) => [name, this.#value(name)]));
    values.set("tare", this.#tare());
    for (const field of row.querySelectorAll<HTMLInputElement>("input[name]")) {
      field.value = values.get(field.name.replace(/^weighed-\d+-/, "")) ?? "";
    }
    this.#next();
    this.#from.open = false;
    this.#show();
    const list = row.parentElement;
    if (list) list.scrollTop = list.scrollHeight;
    this.#tell("added", { what: this.#nameOf(values.get("what") ?? "") });
  }

  /** The next item is written into the first row that is free. */
  #nextItem(): void {
    this.#keepRowsFree();
    this.#fields().find(({ name, value }) => /^lines-\d+-item$/.test(name) && !value)?.focus();
  }

  /** Say which of the two is still missing, by putting the cursor there. */
  #ask(): void {
    const isWhat = !this.#value("what");
    this.#tell(isWhat ? "ask_what" : "ask_weight");
    const field = this.#form.querySelector<HTMLElement>(isWhat ? "[name=what]" : "[name=weight]");
    field?.focus();
  }

  /** Ready for the next kind: nothing of the last one stays but who brought it. */
  #next(): void {
    for (const field of this.#fields()) {
      if (field.name === "what" || field.name === "date_kind") (field as HTMLInputElement).checked = false;
      else if (/^(weight|date)$|^boxes-\d+-count$/.test(field.name)) field.value = "";
      else if (field.name === "crate_code") field.value = field.defaultValue;
    }
    for (const folded of this.#form.querySelectorAll<HTMLDetailsElement>("details.tool, details.others")) folded.open = false;
  }

  #begin(): void {
    this.#from.open = !this.#rows().length;
    for (const folded of this.#form.querySelectorAll<HTMLDetailsElement>("details.tool, details.others")) folded.open = false;
    this.#show();
  }

  #clicked(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const drop = target?.closest<HTMLButtonElement>("[name=drop]");
    if (drop) {
      event.preventDefault();
      drop.closest("[data-weighed]")?.remove();
      this.#from.open = !this.#rows().length;
      this.#part("[data-add-line]").focus();
      return this.#show();
    }
    if (target === this.#wasChosen && this.#wasChosen) {
      this.#wasChosen.checked = false;
      this.#wasChosen = null;
      return this.#show();
    }
    const crate = target?.closest<HTMLElement>("[data-crate]");
    const field = crate && this.#form.querySelector<HTMLInputElement>("[name=crate_code]");
    if (!field) return;
    field.value = crate.dataset["crate"] ?? "";
    this.#show();
  }

  /** With a kind chosen the number is next. */
  #chosen(target: EventTarget | null): void {
    if (!(target instanceof HTMLInputElement)) return;
    const others = target.closest<HTMLDetailsElement>("details.others");
    if (others && !this.#isByKey) others.open = false;
    if (target.name === "what" && target.value !== "items" && !this.#isByKey) {
      this.#form.querySelector<HTMLInputElement>("[name=weight]")?.focus({ preventScroll: true });
    }
    if (/^lines-\d+-item$/.test(target.name)) this.#keepRowsFree();
  }

  #keepRowsFree(): void {
    const free = this.#fields().filter(({ name, value }) => /^lines-\d+-item$/.test(name) && !value);
    for (let at = free.length; at < FREE_ROWS; at++) addRow(this.#form, "lines");
  }

  #show(): void {
    const rows = this.#rows();
    for (const row of rows) this.#showRow(row);
    const tare = this.#tareGrams(this.#tare());
    const net = typed(this.#value("weight")) - tare / this.#unitGrams;
    this.#part("[data-net]").textContent = tare && net > 0 ? this.#words.say("net", { weight: this.#shown(net) }) : "";
    const weights = [...rows.map((row) => this.#netOf(row)), this.#isWeighing() ? net : NaN].filter((weight) => weight > 0);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    this.#save.textContent = total > 0 && this.#isPlain() ? this.#words.say("save", { weight: this.#shown(total) }) : this.#saveWords;
    const who = this.#who();
    const before = rows.map((row) => this.#netOf(row)).filter((weight) => weight > 0).reduce((sum, weight) => sum + weight, 0);
    const what = { who, n: rows.length, weight: this.#shown(before) };
    this.#part("[data-from]").textContent = rows.length ? this.#words.say("from_lines", what) : this.#words.say("from", what);
    const others = this.#form.querySelector("[data-other]");
    const other = this.#form.querySelector<HTMLInputElement>("details.others [name=what]:checked");
    if (others) others.textContent = other ? labelOf(other) : this.#words.say("others");
  }

  /** Whether all weights are plain numbers: of others only the depot knows what they come to. */
  #isPlain(): boolean {
    return this.#fields().every(({ name, value }) => !/(^|-)weight$/.test(name) || !value.trim() || typed(value) >= 0);
  }

  #isWeighing(): boolean {
    return this.#value("what") !== "items";
  }

  #showRow(row: HTMLElement): void {
    const part = (name: string): string => row.querySelector<HTMLInputElement>(`input[name$="-${name}"]`)?.value ?? "";
    const name = this.#nameOf(part("what"));
    if (name) put(row, "[data-name]", name);
    const told = [this.#tareWords(part("tare")), part("date"), part("crate_code")].filter(Boolean);
    put(row, "[data-small]", told.join(" · "));
    row.querySelector("[name=drop]")?.setAttribute("aria-label", this.#words.say("drop", { what: name }));
    row.querySelector("input[name$='-weight']")?.setAttribute("aria-label", this.#words.say("weight_of", { what: name }));
  }

  #netOf(row: HTMLElement): number {
    const part = (name: string): string => row.querySelector<HTMLInputElement>(`input[name$="-${name}"]`)?.value ?? "";
    return typed(part("weight")) - this.#tareGrams(part("tare")) / this.#unitGrams;
  }

  /** The boxes that are counted now, as a line keeps them: 3x2. */
  #tare(): string {
    const counts = this.#fields().filter(({ name, value }) => /^boxes-\d+-count$/.test(name) && countOf(value) > 0);
    return counts.map(({ name, value }) => `${this.#value(name.replace("count", "box"))}x${countOf(value)}`).join(" ");
  }

  #tareGrams(tare: string): number {
    return boxesOf(tare).reduce((sum, { id, count }) => sum + count * Number(this.#box(id)?.dataset["grams"] ?? 0), 0);
  }

  #tareWords(tare: string): string {
    return boxesOf(tare).map(({ id, count }) => {
      const box = this.#box(id)?.dataset;
      const weight = this.#shown((count * Number(box?.["grams"] ?? 0)) / this.#unitGrams);
      return this.#words.say("less", { count, box: box?.["box"] ?? "", weight });
    }).join(", ");
  }

  #box(id: string): HTMLInputElement | null {
    return this.#form.querySelector(`[data-grams][value="${CSS.escape(id)}"]`);
  }

  #who(): string {
    const chosen = this.#form.querySelector<HTMLInputElement>("[name=source]:checked");
    return chosen?.value === "new" ? this.#value("partner") || labelOf(chosen) : chosen ? labelOf(chosen) : "";
  }

  #nameOf(what: string): string {
    const pick = what && this.#form.querySelector<HTMLInputElement>(`[name=what][value="${CSS.escape(what)}"]`);
    return pick ? labelOf(pick) : "";
  }

  #rows(): HTMLElement[] {
    return [...this.#form.querySelectorAll<HTMLElement>("[data-weighed]")];
  }

  #fields(): Field[] {
    return [...this.#form.elements].filter((one): one is Field => one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement);
  }

  #value(name: string): string {
    return String(new FormData(this.#form).get(name) ?? "").trim();
  }

  #shown(weight: number): string {
    return weight.toLocaleString(document.documentElement.lang || "en", { maximumFractionDigits: 3 });
  }

  #tell(name: string, values: Record<string, string> = {}): void {
    this.#part("[data-told]").textContent = this.#words.say(name, values);
  }

  #part<T extends HTMLElement = HTMLElement>(which: string): T {
    const found = this.#form.querySelector<T>(which);
    if (!found) throw new Error(`the page has no ${which}`);
    return found;
  }
}

function put(row: HTMLElement, which: string, words: string): void {
  const place = row.querySelector(which);
  if (place && place.textContent !== words) place.textContent = words;
}

/** The pick button of a kind that was tapped. */
function pickOf(target: EventTarget | null): HTMLInputElement | null {
  const label = target instanceof Element ? target.closest("label.pick") : null;
  return label?.querySelector<HTMLInputElement>("input[name=what]") ?? null;
}

function labelOf(pick: HTMLInputElement): string {
  return pick.closest("label")?.querySelector("span > span")?.firstChild?.textContent?.trim() ?? "";
}

function boxesOf(tare: string): { id: string; count: number }[] {
  return tare.split(" ").filter(Boolean).map((part) => ({ id: part.split("x")[0] ?? "", count: Number(part.split("x")[1] ?? 0) }));
}

/** How many boxes were typed, in whichever digits. */
function countOf(text: string): number {
  return Number(plainDigits(text));
}

/** The number a person typed, if nobody can read it in two ways, for the words on the button; the depot reads it for itself. */
function typed(text: string): number {
  const plain = plainDigits(text);
  return /^\s*\d+([.,]\d{1,2})?\s*$/.test(plain) ? Number(plain.replace(",", ".")) : NaN;
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-van]")) new Van(form);

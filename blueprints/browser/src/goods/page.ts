// Codes scanned into a form at the door or at a crate. What one fills in is decided by the depot: the form goes
// there as it stands and comes back filled, and its fields are taken over. Nothing is saved by that.
import { BESIDE } from "../common/beside.ts";

const PATIENCE_MS = 8000;
/** The form's own, which stay as they are. */
const KEPT = new Set(["csrf_token", "command_id"]);

class ScanField {
  readonly #place: HTMLElement;
  readonly #field: HTMLInputElement;
  readonly #look: HTMLButtonElement;
  readonly #form: HTMLFormElement;
  /** One scan after the other: the second must find what the first filled in. */
  #turn: Promise<void> = Promise.resolve();

  constructor(place: HTMLElement) {
    this.#place = place;
    this.#field = found(place, "input");
    this.#look = found(place, "[data-look-up]");
    const form = this.#field.form;
    if (!form) throw new Error("a code field without its form");
    this.#form = form;
    this.#look.addEventListener("click", (event) => this.#take(event));
    this.#field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#take(event);
    });
    // a hand scanner's text is put into the field by a script
    this.#field.addEventListener("input", (event) => {
      if (!event.isTrusted && this.#field.value) this.#take(event);
    });
    form.addEventListener("reset", () => this.#forget());
  }

  #take(event: Event): void {
    event.preventDefault();
    const text = this.#field.value.trim();
    this.#field.value = "";
    this.#field.focus();
    if (text) this.#turn = this.#turn.then(() => this.#fill(text));
  }

  async #fill(text: string): Promise<void> {
    const answered = await this.#ask(text);
    if (answered) takeOver(this.#form, answered);
    else this.#keep(text);
  }

  /** Return the form as the depot fills it in; null when it cannot be asked. */
  async #ask(text: string): Promise<HTMLFormElement | null> {
    if (!navigator.onLine) return null;
    const body = new FormData(this.#form);
    body.set(this.#field.name, text);
    try {
      const answer = await fetch(this.#look.formAction, {
        method: "POST",
        body,
        headers: BESIDE,
        redirect: "error",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (!answer.ok) return null;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return page.querySelector<HTMLFormElement>(`form:has([data-scan-field])`);
    } catch {
      return null;
    }
  }

  /** Without the depot the code stays with a line, and is looked up when the line is sent; else it is said. */
  #keep(text: string): void {
    const lines = [...this.#form.querySelectorAll<HTMLElement>("[data-scanned-facts]")];
    const free = lines.find((line) => isFree(line));
    const kept = free?.querySelector<HTMLInputElement>("input[name$='-scanned']");
    if (kept && free) {
      kept.value = text;
      show(free, text);
      this.#say(this.#place.dataset["offline"] ?? "");
    } else {
      this.#field.value = text;
      this.#say((lines.length ? this.#place.dataset["full"] : this.#place.dataset["unasked"]) ?? "");
    }
  }

  #say(words: string): void {
    found(this.#place, "[data-scan-said]").textContent = words;
  }

  /** The browser forgets what was typed, but not what stands in hidden fields. */
  #forget(): void {
    for (const line of this.#form.querySelectorAll<HTMLElement>("[data-scanned-facts]")) {
      for (const field of line.querySelectorAll("input")) field.value = "";
      show(line, "");
    }
    this.#say("");
  }
}

function found<T extends HTMLElement = HTMLElement>(place: ParentNode, which: string): T {
  const element = place.querySelector<T>(which);
  if (!element) throw new Error(`the page has no ${which}`);
  return element;
}

/** A line is free if nothing was scanned or typed into it. */
function isFree(line: HTMLElement): boolean {
  const fields = line.closest("fieldset")?.querySelectorAll("input") ?? [];
  return [...fields].every((field) => !field.value);
}

function show(line: HTMLElement, text: string): void {
  found(line, "p").textContent = text;
}

function takeOver(form: HTMLFormElement, filled: HTMLFormElement): void {
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement) || !field.name || KEPT.has(field.name)) continue;
    const other = field.id ? filled.querySelector<HTMLInputElement>(`#${CSS.escape(field.id)}`) : sameName(filled, field.name);
    if (!other) continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked ||= other.checked;
    else if (field.value !== other.value) {
      field.value = other.value;
      const folded = field.closest("details");
      if (folded && field.type !== "hidden") folded.open = true;
    }
  }
  for (const which of ["[data-scan-answer]", "[data-scanned-facts] p"]) {
    const theirs = filled.querySelectorAll(which);
    form.querySelectorAll(which).forEach((ours, index) => ours.replaceChildren(...(theirs[index]?.childNodes ?? [])));
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function sameName(form: HTMLFormElement, name: string): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>(`input[name="${CSS.escape(name)}"]`);
}

for (const place of document.querySelectorAll<HTMLElement>("[data-scan-field]")) new ScanField(place);

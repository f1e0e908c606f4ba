// What an amount is understood as, while it is typed: the depot reads it, this only shows its answer. Without a
// connection nothing stands there: the same text goes to the depot and is read when it is sent.
import { BESIDE } from "../common/beside.ts";

/** The depot is asked when nobody has typed for so long. */
const REST_MS = 250;
const PATIENCE_MS = 4000;
const AMOUNTS = "input[data-amount]";

interface Understood {
  unit: string;
  said: string;
  problem: string;
}

const answers = new Map<string, Understood>();

class AmountField {
  readonly #field: HTMLInputElement;
  readonly #unit: HTMLElement | null;
  readonly #line: HTMLElement | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = "";

  constructor(field: HTMLInputElement) {
    this.#field = field;
    this.#unit = document.getElementById(`${field.id}-unit`);
    this.#line = document.getElementById(`${field.id}-understood`);
    field.form?.addEventListener("input", (event) => {
      if (event.target === field || event.target === field.form || this.#isItem(event.target)) this.refresh();
    });
    // a number pad has no letters: a tap on the unit brings the keyboard that has them
    this.#unit?.addEventListener("click", () => {
      field.inputMode = field.inputMode === "text" ? "decimal" : "text";
      field.focus();
    });
    if (this.#question()) this.refresh();
  }

  refresh(): void {
    const question = this.#question();
    if (question === this.#asked) return;
    this.#asked = question;
    clearTimeout(this.#timer);
    const known = answers.get(question);
    if (known || !question) return this.#show(known);
    this.#timer = setTimeout(() => void this.#ask(question), REST_MS);
  }

  #isItem(target: EventTarget | null): boolean {
    return target instanceof HTMLInputElement && target.name !== "" && target.name === this.#field.dataset["amountItem"];
  }

  /** What the depot is asked; nothing while nothing is typed. */
  #question(): string {
    const { amount = "", amountItem } = this.#field.dataset;
    const other = amountItem ? this.#field.form?.elements.namedItem(amountItem) : null;
    const item = other instanceof HTMLInputElement ? other.value.trim() : "";
    const text = this.#field.value.trim();
    return text || item ? new URLSearchParams({ text, unit: amount, item }).toString() : "";
  }

  async #ask(question: string): Promise<void> {
    const found = await ask(`${this.#field.dataset["understand"]}?${question}`);
    if (found) answers.set(question, found);
    if (question === this.#asked) this.#show(found);
  }

  #show(found: Understood | undefined): void {
    if (found && this.#unit) {
      this.#unit.textContent = found.unit;
      this.#unit.parentElement?.classList.remove("open");
    }
    if (!this.#line) return;
    this.#line.textContent = found ? found.said || found.problem : "";
    this.#line.classList.toggle("wrong", Boolean(found?.problem));
  }
}

async function ask(address: string): Promise<Understood | undefined> {
  if (!navigator.onLine) return undefined;
  try {
    const answer = await fetch(address, { headers: BESIDE, redirect: "error", signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.ok ? ((await answer.json()) as Understood) : undefined;
  } catch {
    return undefined;
  }
}

/** Watch the amounts of the page, and those of rows that are added to it later. */
export function showAmounts(page: Document): void {
  const watched = new WeakSet<HTMLInputElement>();
  const watch = (field: HTMLInputElement): void => {
    if (watched.has(field)) return;
    watched.add(field);
    new AmountField(field);
  };
  for (const field of page.querySelectorAll<HTMLInputElement>(AMOUNTS)) watch(field);
  page.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLInputElement && target.matches(AMOUNTS)) watch(target);
  });
}

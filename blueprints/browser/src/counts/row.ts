// A line of a count sheet on the page: what is typed at it, how far that is, and what is wrong with it.
import { make } from "../common/dom.ts";
import { drawing } from "../outbox/drawn.ts";
import type { Typed } from "./lines.ts";

/** How far a number is: on this phone, or in the depot. */
export type State = "kept" | "saved";

export class Row {
  readonly amount: HTMLInputElement;
  readonly date: HTMLInputElement;
  readonly #place: HTMLElement;
  readonly #words: Record<State, string>;
  /** What was kept last: the same again is not kept twice. */
  #held: string;

  constructor(place: HTMLElement, words: Record<State, string>) {
    this.#place = place;
    this.#words = words;
    this.amount = found(place, "input[name$='-amount']");
    this.date = found(place, "input[name$='-date']");
    this.#held = this.#text();
  }

  get number(): string {
    return this.#place.dataset["tally"] ?? "";
  }

  get item(): string {
    return this.#place.querySelector(".what > span:not(.unseen)")?.textContent ?? "";
  }

  get isCounted(): boolean {
    return this.#place.classList.contains("is-counted");
  }

  get isWrong(): boolean {
    return this.amount.getAttribute("aria-invalid") === "true";
  }

  /** Whether something else stands here than was kept. */
  get isWritten(): boolean {
    return this.#text() !== this.#held;
  }

  get typed(): Typed {
    return { number: this.number, amount: this.amount.value, date: this.date.value };
  }

  /** What stands here is kept; what was wrong before is no more. */
  hold(): void {
    this.#held = this.#text();
    this.#complain("");
    this.show("kept");
  }

  /** What was written elsewhere on this phone stands here. */
  fill({ amount, date }: Typed): void {
    this.amount.value = amount;
    this.date.value = date;
    if (date) found<HTMLDetailsElement>(this.#place, "details").open = true;
    this.#held = this.#text();
  }

  /** What was refused is here to be set right; the same again would be tried again. */
  giveBack(complaint: string): void {
    this.#held = "";
    this.#place.classList.remove("is-counted");
    this.#say("");
    this.#complain(complaint);
  }

  show(state: State): void {
    const isBlank = this.amount.value.trim() === "";
    this.#place.classList.toggle("is-counted", !isBlank);
    this.#say(isBlank ? "" : this.#words[state], state === "kept" ? "clock" : "check");
  }

  #text(): string {
    return `${this.amount.value.trim()}\n${this.date.value.trim()}`;
  }

  #say(words: string, picture = ""): void {
    found(this.#place, "[data-state]").replaceChildren(...(words ? [...drawn(picture), make("span", "", words)] : []));
  }

  #complain(complaint: string): void {
    this.#place.querySelector(".error")?.remove();
    this.amount.removeAttribute("aria-invalid");
    this.amount.removeAttribute("aria-describedby");
    if (!complaint) return;
    const line = make("p", "error", ...drawn("warn"), make("span", "", complaint));
    line.id = `e-${this.number}`;
    line.setAttribute("role", "alert");
    this.#place.append(line);
    this.amount.setAttribute("aria-invalid", "true");
    this.amount.setAttribute("aria-describedby", line.id);
  }
}

function drawn(name: string): Node[] {
  const picture = drawing(name);
  return picture ? [picture] : [];
}

export function found<T extends HTMLElement = HTMLElement>(place: ParentNode, which: string): T {
  const element = place.querySelector<T>(which);
  if (!element) throw new Error(`the page has no ${which}`);
  return element;
}

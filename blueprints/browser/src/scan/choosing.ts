// The strip that says what happens to each crate, and the card where that is changed.
import { button, part } from "../common/dom.ts";
import type { Context } from "./context.ts";
import type { Desk } from "./desk.ts";

export const COLOURS: Record<Context["act"], string> = { look: "plain", move: "move", issue: "out", collect: "plain", call: "count" };

/** What may have happened earlier; what is only looked at, or called over, is so now. */
const TIMED = new Set(["move", "issue", "collect"]);

export class Choosing {
  readonly #desk: Desk;
  readonly #chosen: (context: Context) => void;
  readonly #strip = part("scan-context");
  readonly #change = part<HTMLButtonElement>("scan-change");
  readonly #chooser = part("scan-chooser");
  readonly #targets = part("scan-targets");

  constructor(desk: Desk, chosen: (context: Context) => void) {
    this.#desk = desk;
    this.#chosen = chosen;
    this.#change.addEventListener("click", () => this.#toggle(this.#change.getAttribute("aria-expanded") !== "true"));
    for (const act of this.#acts()) act.addEventListener("click", () => this.#pick(act));
    this.#chooser.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.#toggle(false);
    });
  }

  show(context: Context): void {
    part("scan-each").textContent = this.#desk.say("each");
    part("scan-does").textContent = this.#desk.does(context);
    this.#strip.className = `scan-context ${COLOURS[context.act]}`;
    this.#strip.hidden = false;
    part("scan-when").hidden = !TIMED.has(context.act);
    for (const act of this.#acts()) act.setAttribute("aria-pressed", String(act.dataset["act"] === context.act));
  }

  #acts(): HTMLButtonElement[] {
    return [...this.#chooser.querySelectorAll<HTMLButtonElement>("[data-act]")];
  }

  #toggle(isOpen: boolean): void {
    this.#chooser.hidden = !isOpen;
    this.#targets.hidden = true;
    this.#change.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) this.#acts().find((act) => act.ariaPressed === "true")?.focus();
    else this.#change.focus();
  }

  #pick({ dataset: { act } }: HTMLButtonElement): void {
    if (act === "look" || act === "collect") return this.#choose({ act });
    const choices = act ? this.#choices(act) : [];
    const [only] = choices;
    if (act === "issue" && choices.length === 1 && only) return only[1]();
    part("scan-which").textContent = question(act ?? "");
    const buttons = choices.map(([name, choose]) => button("choice", name, choose));
    part("scan-choices").replaceChildren(...buttons);
    this.#targets.hidden = false;
    buttons[0]?.focus();
  }

  /** What can be chosen for an act: its words, and what choosing it does. */
  #choices(act: string): [string, () => void][] {
    const { places, events } = this.#desk;
    if (act === "issue") return events.map((event) => [event.name, () => this.#choose({ act, event })]);
    if (act === "call") return places.map((place) => [place.name, () => this.#choose({ act, place })]);
    return [
      [question("scan-it"), () => this.#choose({ act: "move", target: null })],
      ...places.map(({ name }): [string, () => void] => [
        name,
        () => this.#choose({ act: "move", target: { to: name, isCrate: false } }),
      ]),
    ];
  }

  #choose(context: Context): void {
    this.#chosen(context);
    this.#toggle(false);
  }
}

/** Return one of the questions that the page holds ready. */
export function question(name: string): string {
  const store = part<HTMLTemplateElement>("scan-questions").content;
  return store.querySelector(`[data-question="${name}"]`)?.textContent ?? "";
}

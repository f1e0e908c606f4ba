// The strip that says what happens to each crate, and the card where that is changed.
import { button, part } from "../common/dom.ts";
import { MOST_BUTTONS, placeCalled, type Context, type Named } from "./context.ts";
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
    const { events } = this.#desk;
    const [only] = events;
    if (act === "issue" && events.length === 1 && only) return this.#choose({ act, event: only });
    part("scan-which").textContent = question(act ?? "");
    const choices = act ? this.#choices(act) : [];
    part("scan-choices").replaceChildren(...choices);
    this.#targets.hidden = false;
    choices[0]?.focus();
  }

  /** What can be chosen for an act. */
  #choices(act: string): HTMLElement[] {
    const { places, events } = this.#desk;
    if (act === "issue") return events.map((event) => button("choice", event.name, () => this.#choose({ act, event })));
    if (act === "call") return placeChoices(places, (place) => this.#choose({ act, place }));
    return [
      button("choice", question("scan-it"), () => this.#choose({ act: "move", target: null })),
      ...placeChoices(places, ({ name }) => this.#choose({ act: "move", target: { to: name, isCrate: false } })),
    ];
  }

  #choose(context: Context): void {
    this.#chosen(context);
    this.#toggle(false);
  }
}

/** Buttons of places; where there are too many, of the first, and a field in which typing finds the others. */
export function placeChoices(places: readonly Named[], chosen: (place: Named) => void): HTMLElement[] {
  const buttons = places.slice(0, MOST_BUTTONS).map((place) => button("choice", place.name, () => chosen(place)));
  const form = document.querySelector<HTMLTemplateElement>("#scan-all-places")?.content.cloneNode(true) as DocumentFragment | undefined;
  const field = form?.querySelector("input");
  form?.querySelector("form")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const place = placeCalled(field?.value ?? "", places);
    if (place) return chosen(place);
    field?.setAttribute("aria-invalid", "true");
    field?.select();
  });
  return [...buttons, ...(form ? ([...form.children] as HTMLElement[]) : [])];
}

/** Return one of the questions that the page holds ready. */
export function question(name: string): string {
  const store = part<HTMLTemplateElement>("scan-questions").content;
  return store.querySelector(`[data-question="${name}"]`)?.textContent ?? "";
}

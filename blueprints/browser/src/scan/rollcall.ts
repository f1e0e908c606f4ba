// Roll-call of a place: every crate there is scanned, then what differs from the book is set right with a tap.
import { button, icon, link, make, part, redraw, withCodes } from "../common/dom.ts";
import type { AnswerPanel, Kind } from "./answer.ts";
import { compareWith, isComplete, LISTS, type Called, type Difference, type Listed, type ListName } from "./calling.ts";
import type { Context, Named } from "./context.ts";
import type { Desk } from "./desk.ts";
import type { Doer } from "./doing.ts";

interface Kept {
  place: Named | null;
  texts: string[];
}
/** Each list's colour, and the words of the tap that sets one of it right. */
const WAYS: Record<ListName, { kind: Kind; tap: string }> = {
  missing: { kind: "stop", tap: "look_later" },
  misplaced: { kind: "move", tap: "move_here" },
  unexpected: { kind: "count", tap: "move_here" },
  blank: { kind: "in", tap: "move_here" },
  unknown: { kind: "count", tap: "use_label" },
  no_crates: { kind: "count", tap: "unknown_ask" },
};
const PATIENCE_MS = 8000;

export class RollCall {
  readonly #desk: Desk;
  readonly #panel: AnswerPanel;
  readonly #doer: Doer;
  readonly #list: () => Promise<{ at: number; crates: Listed[] } | null>;
  #kept: Kept;

  constructor(desk: Desk, panel: AnswerPanel, doer: Doer, list: () => Promise<{ at: number; crates: Listed[] } | null>) {
    this.#desk = desk;
    this.#panel = panel;
    this.#doer = doer;
    this.#list = list;
    this.#kept = desk.remembered<Kept>("call", { place: null, texts: [] });
    part("scan-compare").addEventListener("click", () => void this.#compare());
  }

  /** Show the roll-call of the context's place; another place than before begins a new one. */
  show(context: Context): void {
    const place = context.act === "call" ? context.place : null;
    part("scan-call").hidden = !place;
    if (!place) return part("scan-found").replaceChildren();
    if (place.id !== this.#kept.place?.id) this.#kept = { place, texts: [] };
    this.#draw();
  }

  add(text: string, acts: HTMLElement[] = []): void {
    const isNew = !this.#kept.texts.includes(text);
    if (isNew) this.#kept.texts.unshift(text);
    this.#doer.forget();
    this.#panel.show(
      {
        kind: isNew ? "count" : "plain",
        drawing: "check",
        title: this.#desk.say(isNew ? "called" : "called_already", { code: text }),
        lines: [this.#count()],
        acts: [...acts, this.#remover(text)],
      },
      isNew ? "yes" : "again",
    );
    part("scan-found").replaceChildren();
    this.#draw();
  }

  #count(): string {
    return this.#desk.say("called_count", { n: this.#kept.texts.length });
  }

  #draw(): void {
    this.#desk.remember("call", this.#kept);
    part("scan-call-title").textContent = this.#count();
    const rows = this.#kept.texts.map((text) =>
      make("li", "row count", make("span", "kind"), make("div", "what", withCodes(text)), make("div", "side", this.#remover(text))),
    );
    redraw(part("scan-call-list"), ...rows);
  }

  #remover(text: string): HTMLButtonElement {
    const remove = () => {
      this.#kept.texts = this.#kept.texts.filter((kept) => kept !== text);
      this.#draw();
    };
    return button("btn small-btn", this.#desk.say("take_off"), remove, this.#desk.say("not_here", { code: text }));
  }

  async #compare(): Promise<void> {
    const { place, texts } = this.#kept;
    if (!place) return;
    const told = await asked(place, texts);
    const fromList = told ? null : await this.#list();
    if (!told && !fromList) {
      return this.#panel.show({ kind: "stop", drawing: "warn", title: this.#desk.say("compare_failed") }, "no");
    }
    const called = told ?? compareWith(fromList?.crates ?? [], place.name, texts);
    const cards = LISTS.filter((name) => called[name].length).map((name) => this.#card(name, called[name]));
    const note = fromList ? [make("p", "note count", this.#desk.say("compare_offline", { time: this.#desk.time(fromList.at) }))] : [];
    const fine = isComplete(called) ? [this.#fine()] : [];
    part("scan-found").replaceChildren(...note, ...fine, ...cards);
    part("scan-found").querySelector<HTMLElement>("h2")?.focus();
  }

  #fine(): HTMLElement {
    const words = make("h2", "", this.#desk.say("all_here"));
    words.tabIndex = -1;
    const title = make("div", "note-title", icon("check") as Element, words);
    return make("div", "note in", title);
  }

  #card(name: ListName, differences: Difference[]): HTMLElement {
    const { kind } = WAYS[name];
    const title = make("h2", "", this.#desk.say(name === "unknown" || name === "no_crates" ? "unknown_codes" : name, { n: differences.length }));
    title.tabIndex = -1;
    const rows = differences.map((difference) => this.#row(name, difference));
    return make("section", `card ${kind}`, make("header", "", title), make("ul", "scan-list", ...rows));
  }

  #row(name: ListName, { code, at, box_number: box, goods, deed, href }: Difference): HTMLLIElement {
    const { kind, tap } = WAYS[name];
    const where = at && name !== "missing" ? [make("span", "small soft", this.#desk.say("book_has_at", { place: at }))] : [];
    const number = [box, goods].filter(Boolean).map((text) => make("span", "small soft", text ?? ""));
    const what = make("div", "what", make("span", "", withCodes(code)), ...number, ...where);
    const side = make("div", "side");
    if (href) side.append(link("btn small-btn", this.#desk.say("fill"), href));
    if (deed) {
      const title = this.#desk.say(`call_${name}`, { code, place: this.#kept.place?.name ?? "" });
      const set = button("btn small-btn", this.#desk.say(tap), () => {
        side.replaceChildren(make("span", "chip in", icon("check") as Element, this.#desk.say("set_right")));
        void this.#doer.one({ deed, code, kind, title });
      });
      side.append(set);
    }
    return make("li", `row ${kind}`, make("span", "kind"), what, side);
  }
}

/** Ask the depot to compare; null when it cannot be reached. Nothing is written by it. */
async function asked(place: Named, codes: string[]): Promise<Called | null> {
  if (!navigator.onLine) return null;
  try {
    const answer = await fetch("/scan/roll-call", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ place: place.id, codes }),
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!answer.ok) return null;
    const told = (await answer.json()) as Record<ListName, (Difference & { text?: string })[]>;
    const rows = LISTS.map((name) => [name, (told[name] ?? []).map((row) => ({ ...row, code: row.code ?? row.text }))]);
    return Object.fromEntries(rows) as Called;
  } catch {
    return null;
  }
}

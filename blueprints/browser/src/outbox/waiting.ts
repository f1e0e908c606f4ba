// The page that lists what is not in the book yet: what waits, what needs a person, what was dropped.
import { shortMoment } from "../common/days.ts";
import { plainDigits } from "../common/digits.ts";
import { button, link, make } from "../common/dom.ts";
import { remember, remembered } from "../common/storage.ts";
import type { Words } from "../common/words.ts";
import { drawing } from "./drawn.ts";
import { CONFIRMED, confirming, type Fields } from "./forms/fields.ts";
import { isHeld } from "./order.ts";
import type { Deed, Done, Json, Kept, Named } from "./kinds.ts";
import type { Outbox } from "./outbox.ts";

const MINUTE_MS = 60_000;

export function drawWaiting(place: HTMLElement, outbox: Outbox, words: Words): void {
  const page = new WaitingPage(place, outbox, words);
  outbox.onChange(() => void page.draw());
  setInterval(() => void page.draw(), MINUTE_MS);
  void page.draw();
}

class WaitingPage {
  readonly #place: HTMLElement;
  readonly #outbox: Outbox;
  readonly #words: Words;
  /** What is shown, so that the same is not drawn again under somebody's finger. */
  #shown = "";
  /** Commands somebody has begun to drop. */
  #sure = new Set<string>();

  constructor(place: HTMLElement, outbox: Outbox, words: Words) {
    this.#place = place;
    this.#outbox = outbox;
    this.#words = words;
  }

  async draw(): Promise<void> {
    const kept = (await this.#outbox.all()).sort((one, other) => one.seq - other.seq);
    const urgent = (await this.#outbox.doneSince(0)).filter((one) => one.urgent && !remembered(seen(one), false));
    const shown = JSON.stringify([kept, urgent, [...this.#sure], this.#outbox.signedOut, [...this.#outbox.held.persons],
      [...this.#outbox.held.depots], Math.floor(Date.now() / MINUTE_MS), navigator.onLine]);
    if (shown === this.#shown || this.#place.contains(document.activeElement?.closest("[data-mending]") ?? null)) return;
    this.#shown = shown;
    const { held } = this.#outbox;
    const open = kept.filter(({ state }) => state !== "dropped");
    const theirs = open.filter((one) => one.state === "waiting" && isHeld(one, held));
    this.#place.replaceChildren(
      ...this.#urgent(urgent),
      ...this.#signIn(open),
      ...this.#whose(theirs),
      ...this.#card("stop", "needs_title", open.filter(({ state }) => state === "needs"), (one) => this.#needsRow(one)),
      ...this.#card("plain", "waits_title", open.filter((one) => one.state === "waiting" && !theirs.includes(one)), (one) => this.#row(one)),
      ...(open.length ? [this.#tools(open)] : [this.#nothing()]),
      ...this.#dropped(kept.filter(({ state }) => state === "dropped")),
    );
  }

  /** What is in the book and cannot wait: goods that must not go out did. */
  #urgent(found: Done[]): Node[] {
    return found.map((one) => {
      const read = (): void => {
        remember(seen(one), true);
        void this.draw();
      };
      const text = make("p", "", `${one.words}: ${one.message}`);
      return note("stop", this.#words.say("urgent"), text, button("btn small-btn", this.#words.say("understood"), read));
    });
  }

  #signIn(open: Kept[]): Node[] {
    if (!this.#outbox.signedOut || !open.length) return [];
    const to = link("btn main full", this.#words.say("sign_in_button"), "/sign-in?next=%2Fscan%2Fwaiting");
    return [note("count", this.#words.say("sign_in_title"), to)];
  }

  #whose(theirs: Kept[]): Node[] {
    const { me } = this.#outbox;
    const persons = new Map(theirs.map(({ person }) => [person.id, person]));
    return [...persons.values()].flatMap((person) => {
      const own = theirs.filter((one) => one.person.id === person.id);
      const depot = own.find((one) => this.#outbox.held.depots.has(one.depot.id))?.depot;
      const asks = depot ? this.#depotNote(depot, own.length) : this.#whoseNote(person, own.length, me?.person);
      return [asks, make("section", "card", ...own.map((one) => this.#row(one)))];
    });
  }

  #depotNote(depot: Named, n: number): HTMLElement {
    const to = link("btn full", this.#words.say("account"), "/account");
    return note("count", this.#words.say("of_depot", { n, depot: depot.name }), to);
  }

  #whoseNote(person: Named, n: number, mine: Named | undefined): HTMLElement {
    const asks = note("count", this.#words.say("whose", { n, name: person.name }));
    if (mine && mine.id !== person.id) {
      const take = (): void => void this.#outbox.takeOver(person, { person: mine, depot: this.#outbox.me!.depot });
      asks.append(button("btn full", this.#words.say("send_as", { name: mine.name, other: person.name }), take));
    }
    const leave = document.querySelector<HTMLFormElement>("#outbox-sign-out");
    if (leave) asks.append(button("btn full", this.#words.say("signs_in", { name: person.name }), () => leave.requestSubmit()));
    return asks;
  }

  #card(kind: string, title: string, rows: Kept[], draw: (one: Kept) => Node): Node[] {
    if (!rows.length) return [];
    const heading = make("header", "", make("h2", "", this.#words.say(title, { n: rows.length })));
    return [make("section", `card ${kind === "stop" ? "stop" : ""}`.trim(), heading, ...rows.map(draw))];
  }

  #row(one: Kept, kind = "plain", ...more: Node[]): HTMLElement {
    const small = this.#words.say("by_when", { name: one.doneBy ?? one.person.name, when: this.#age(one) });
    const what = make("div", "what", make("span", "", one.words), make("span", "small soft", small), ...more);
    return make("div", `row ${kind}`, make("span", "kind"), what);
  }

  #age({ occurredAt }: Kept): string {
    const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(occurredAt)) / MINUTE_MS));
    if (minutes < 1) return this.#words.say("just_now");
    if (minutes < 60) return this.#words.say("minutes_ago", { n: minutes });
    if (minutes < 24 * 60) return this.#words.say("hours_ago", { n: Math.floor(minutes / 60) });
    return shortMoment(new Date(occurredAt), document.documentElement.lang || "en");
  }

  #needsRow(one: Kept): HTMLElement {
    const why = make("p", "error", ...pictured("warn"), make("span", "", one.reason || this.#words.say("no_reason")));
    const acts = make("div", "cluster", ...this.#mending(one), ...this.#dropping(one));
    return this.#row(one, "stop", why, ...this.#fields(one), acts);
  }

  #mending(one: Kept): Node[] {
    return [...this.#confirming(one), ...this.#changing(one)];
  }

  /** What was only asked is answered here: yes, it is right. */
  #confirming(one: Kept): Node[] {
    if (!one.questions?.length) return [];
    const yes = (): void => void this.#outbox.mend(one, confirmed(one));
    return [button("btn small-btn", this.#words.say("yes_save"), yes, this.#words.say("yes_save_of", { what: one.words }))];
  }

  #changing(one: Kept): Node[] {
    if (one.page !== undefined && one.deed.type === "form") {
      return [link("btn small-btn", this.#words.say("mend"), `${one.page}#mend=${encodeURIComponent(one.commandId)}`)];
    }
    if (one.questions?.length) return [];
    const again = (): void => void this.#outbox.mend(one, this.#mended(one));
    return [button("btn small-btn", this.#words.say("send_again"), again, this.#words.say("send_again_of", { what: one.words }))];
  }

  /** What the server complains about and can be typed is changed here: a place, a code, an amount. */
  #fields(one: Kept): Node[] {
    if (one.deed.type === "form") return [];
    const names = Object.keys(one.errors ?? {}).filter((name) => isPlain(one.deed[name]));
    return names.map((name) => {
      const id = `mend-${one.seq}-${name}`;
      const label = make("label", "", this.#words.say(`field_${name}` in this.#known ? `field_${name}` : "field"));
      label.htmlFor = id;
      const input = make("input");
      Object.assign(input, { id, type: "text", value: String(one.deed[name] ?? ""), autocomplete: "off", maxLength: 200 });
      input.dataset["mending"] = name;
      return make("div", "field", label, input);
    });
  }

  get #known(): Record<string, unknown> {
    return JSON.parse(document.getElementById("saved")?.dataset["words"] ?? "{}") as Record<string, unknown>;
  }

  #mended(one: Kept): Deed {
    const changed: Record<string, Json> = {};
    for (const input of this.#place.querySelectorAll<HTMLInputElement>(`[id^="mend-${one.seq}-"]`)) {
      const name = input.dataset["mending"] ?? "";
      const number = typeof one.deed[name] === "number" ? Number(plainDigits(input.value)) : NaN;
      changed[name] = Number.isSafeInteger(number) ? number : input.value;
      input.blur();
    }
    return { ...one.deed, ...changed };
  }

  #dropping(one: Kept): Node[] {
    if (!this.#sure.has(one.commandId)) {
      const ask = (): void => this.#ask(one.commandId, true);
      return [button("btn small-btn", this.#words.say("drop"), ask, this.#words.say("drop_of", { what: one.words }))];
    }
    const drop = (): void => {
      this.#sure.delete(one.commandId);
      void this.#outbox.drop(one);
    };
    return [
      make("b", "", this.#words.say("really_drop")),
      button("btn small-btn", this.#words.say("drop_it"), drop, this.#words.say("drop_of", { what: one.words })),
      button("btn small-btn", this.#words.say("leave_it"), () => this.#ask(one.commandId, false)),
    ];
  }

  #ask(commandId: string, isAsked: boolean): void {
    if (isAsked) this.#sure.add(commandId);
    else this.#sure.delete(commandId);
    void this.draw();
  }

  #tools(open: Kept[]): HTMLElement {
    const retry = button("btn full", this.#words.say("send_now"), () => this.#outbox.retry());
    const save = button("btn full", this.#words.say("save_file"), () => void saveFile(this.#outbox, open));
    const hint = make("p", "hint", this.#words.say("save_file_hint"));
    return make("div", "stack", retry, save, hint);
  }

  #nothing(): HTMLElement {
    const shown = drawing("check");
    return make("div", "card", make("div", "empty", ...(shown ? [shown] : []), make("p", "", this.#words.say("nothing_waits"))));
  }

  #dropped(rows: Kept[]): Node[] {
    const [card] = this.#card("plain", "dropped_title", rows, (one) => this.#row(one));
    if (!(card instanceof HTMLElement)) return [];
    const clear = button("btn small-btn", this.#words.say("clear"), () => void this.#outbox.clearDropped());
    card.append(make("div", "pad", clear));
    return [card];
  }
}

/** Return the command with yes to all that was asked of it. */
function confirmed({ deed, questions = [] }: Kept): Deed {
  if (deed.type !== "form") return { ...deed, confirmed: [...asTexts(deed[CONFIRMED]), ...questions.map(({ confirm }) => confirm)] };
  const fields = deed["fields"] as Fields;
  return { ...deed, fields: { ...fields, [CONFIRMED]: confirming(fields[CONFIRMED], questions) } };
}

function asTexts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function seen({ commandId }: Done): string {
  return `depot.seen-${commandId}`;
}

function note(kind: string, title: string, ...more: Node[]): HTMLElement {
  return make("div", `note ${kind}`, make("p", "note-title", ...pictured("warn"), make("b", "", title)), ...more);
}

function pictured(name: string): Node[] {
  const found = drawing(name);
  return found ? [found] : [];
}

function isPlain(value: Json | undefined): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

/** What waits as a file: a phone that finds no connection any more hands it to a coordinator. */
async function saveFile(outbox: Outbox, open: Kept[]): Promise<void> {
  const commands = open.map(({ deed, commandId, occurredAt, person, doneBy, words, depot }) => ({
    by: doneBy ?? person.name, depot: depot.id, words, command: { ...deed, command_id: commandId, occurred_at: occurredAt },
  }));
  const whole = { format: "depot-waiting", version: 1, device_id: await outbox.note<string>("device"), saved_at: new Date().toISOString(), commands };
  const address = URL.createObjectURL(new Blob([JSON.stringify(whole, null, 1)], { type: "application/json" }));
  const to = link("", "", address);
  to.download = `depot-waiting-${whole.saved_at.slice(0, 16).replace(/[T:]/g, "-")}.json`;
  document.body.append(to);
  to.click();
  to.remove();
  setTimeout(() => URL.revokeObjectURL(address), MINUTE_MS);
}

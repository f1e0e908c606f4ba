// What every part of the scan page works with: its words, what the depot has, and its small memory.
import { part } from "../common/dom.ts";
import { remember, remembered } from "../common/storage.ts";
import { Words, type Spoken } from "../common/words.ts";
import type { Context, Named } from "./context.ts";

export class Desk {
  readonly root = part("scan");
  readonly words: Words;
  readonly places: readonly Named[];
  readonly events: readonly Named[];
  readonly #clock: Intl.DateTimeFormat;

  constructor() {
    const language = document.documentElement.lang || "en";
    this.words = new Words(this.#given<Record<string, Spoken>>("words"), language);
    this.places = this.#given("places");
    this.events = this.#given("events");
    this.#clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  }

  say(name: string, values: Record<string, string | number> = {}): string {
    return this.words.say(name, values);
  }

  time(at: number): string {
    return this.#clock.format(at);
  }

  /** What happens to each crate in a context: "moves to Shelf B2". */
  does(context: Context): string {
    switch (context.act) {
      case "move":
        return context.target ? this.say("move", { to: context.target.to }) : this.say("move_next");
      case "issue":
        return this.say("issue", { event: context.event.name });
      case "call":
        return this.say("call", { place: context.place.name });
      default:
        return this.say(context.act);
    }
  }

  /** Remember something for this person in this depot: the next one at this phone has other things. */
  remember(name: string, value: unknown): void {
    remember(this.#key(name), value);
  }

  remembered<T>(name: string, otherwise: T): T {
    return remembered(this.#key(name), otherwise);
  }

  address(name: "decoder" | "wasm" | "send"): string {
    return this.root.dataset[name] ?? "";
  }

  #key(name: string): string {
    return `scan.${this.root.dataset["whose"]}.${name}`;
  }

  #given<T>(name: string): T {
    return JSON.parse(this.root.dataset[name] ?? "null") as T;
  }
}

// What becomes of the lines of a count sheet: each is kept on this phone as soon as it is written, then sent. A
// line that is refused is its page's to be set right; what waits from before stands in its line again. It knows no
// page: page.ts lends it the rows.
import type { Kept, Outcome } from "../outbox/kinds.ts";
import type { Outbox } from "../outbox/outbox.ts";
import { complaintOf, deedOf, typedOf, type Typed } from "./lines.ts";

export interface Line {
  readonly number: string;
  readonly item: string;
  readonly isWritten: boolean;
  readonly typed: Typed;
  hold(): void;
  fill(typed: Typed): void;
  giveBack(complaint: string): void;
  show(state: "saved"): void;
}

export type Box = Pick<Outbox, "keep" | "mend" | "all" | "takeBack" | "onOutcome">;

export interface Place {
  sheetId: number;
  counter: string;
  title: string;
  page: string;
  /** When all of it was counted that is typed in now; empty: now. */
  countedAt(): string;
}

export class Tallies {
  readonly #outbox: Box;
  readonly #place: Place;
  readonly #lines: readonly Line[];
  /** The last command of each line, until it is known what became of it. */
  readonly #last = new Map<Line, string>();
  readonly #changed: () => void;

  constructor(outbox: Box, place: Place, lines: readonly Line[], changed: () => void) {
    this.#outbox = outbox;
    this.#place = place;
    this.#lines = lines;
    this.#changed = changed;
    outbox.onOutcome((outcome) => void this.#heard(outcome));
  }

  /** Keep what stands at a line, unless it was kept as it stands. */
  async save(line: Line): Promise<void> {
    if (!line.isWritten) return;
    line.hold();
    const { sheetId, counter, title, page, countedAt } = this.#place;
    const deed = deedOf(sheetId, counter, line.typed, countedAt());
    const words = [title, line.item, line.typed.amount].filter(Boolean).join(", ");
    const refused = (await this.#outbox.all()).find((kept) => kept.state === "needs" && this.#lineOf(kept) === line);
    if (refused) await this.#outbox.mend(refused, deed, words);
    this.#last.set(line, refused?.commandId ?? (await this.#outbox.keep(deed, words, { page })));
    this.#changed();
  }

  /** Resolves once it is known what became of every line, and after that time at the latest. */
  settle(patience: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        stop();
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(end, patience);
      const stop = this.#outbox.onOutcome(() => this.#last.size === 0 && end());
      if (this.#last.size === 0) end();
    });
  }

  /** What this phone kept stands in its lines, over what the page came with; return the line of a command. */
  async fillIn(wanted = ""): Promise<Line | undefined> {
    let found: Line | undefined;
    for (const kept of (await this.#outbox.all()).sort((one, other) => one.seq - other.seq)) {
      const line = this.#lineOf(kept);
      if (!line || kept.state === "dropped" || (line.isWritten && kept.commandId !== wanted)) continue;
      line.fill(typedOf(kept.deed) ?? line.typed);
      line.hold();
      this.#last.set(line, kept.commandId);
      if (kept.state === "needs") line.giveBack(complaintOf(kept.reason ?? "", kept.errors ?? {}));
      if (kept.commandId === wanted) found = line;
    }
    this.#changed();
    return found;
  }

  #lineOf({ deed }: Pick<Kept, "deed">): Line | undefined {
    const typed = typedOf(deed);
    if (typed?.sheetId !== this.#place.sheetId || typed.counter !== this.#place.counter) return undefined;
    return this.#lines.find(({ number }) => number === typed.number);
  }

  async #heard({ commandId, result, message, body }: Outcome): Promise<void> {
    const line = this.#lines.find((one) => this.#last.get(one) === commandId);
    if (!line) return;
    this.#last.delete(line);
    if (result === "refused") {
      line.giveBack(complaintOf(message, (body["errors"] ?? {}) as Record<string, string[]>));
      await this.#outbox.takeBack(commandId);
    } else if (!line.isWritten) {
      line.show("saved");
    }
    this.#changed();
  }
}

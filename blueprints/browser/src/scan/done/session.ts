// The scans of this session, newest first: what was done to which crate, and what became of it.
import { keyOf, type Deed } from "../context.ts";

export type State = "waiting" | "saved" | "refused" | "undoing" | "undone";

export interface Entry {
  /** The command's id. */
  id: string;
  /** The id of the command that undoes it, once somebody asked for that. */
  undoId?: string;
  kind: string;
  code: string;
  key: string;
  title: string;
  state: State;
  /** What the depot said when it was saved, or why it was refused. */
  told: string;
  /** Whether it wrote something that can be taken back: a crate that stood there already wrote nothing. */
  canUndo: boolean;
  at: number;
}

export interface Heard {
  commandId: string;
  result: "posted" | "repeated" | "refused";
  message: string;
  /** What it wrote, if anything. */
  entryId: number | null;
}

/** What is only noted for a coordinator is not taken back from here. */
const UNDOABLE = new Set(["move", "issue", "take_out"]);
export function canUndo({ type }: Deed): boolean {
  return UNDOABLE.has(type);
}

/** So many are remembered; the ledger has them all. */
export const MOST = 100;
/** A session ends when nothing was scanned for so long: tomorrow's helper starts with an empty list. */
export const SESSION_MS = 8 * 60 * 60 * 1000;

export class Session {
  entries: Entry[];

  constructor(kept: Entry[], now: number) {
    this.entries = kept.filter(({ at }) => now - at < SESSION_MS);
  }

  add(entry: Entry): void {
    this.entries = [entry, ...this.entries].slice(0, MOST);
  }

  find(id: string): Entry | undefined {
    return this.entries.find((entry) => entry.id === id);
  }

  /** Return the entry that did just this to the crate, if nothing else was done to it since. */
  already(deed: Deed): Entry | undefined {
    const last = this.entries.find(({ code, state }) => code === deed["crate_code"] && state !== "refused");
    const stands = last?.state === "waiting" || last?.state === "saved";
    return stands && last.key === keyOf(deed) ? last : undefined;
  }

  /** Somebody wants it undone; `undoId` is the command that does it. */
  undoing(id: string, undoId: string): Entry | undefined {
    return this.#change(id, { state: "undoing", undoId });
  }

  /** Take an answer of the depot and return the entry that it is about, if it is one of these. */
  hear({ commandId, result, message, entryId }: Heard): Entry | undefined {
    const undone = this.entries.find(({ undoId }) => undoId === commandId);
    if (undone) {
      const state = result === "refused" ? "saved" : "undone";
      return this.#change(undone.id, { state, told: message });
    }
    const entry = this.find(commandId);
    if (!entry) return undefined;
    // An undo asked for meanwhile goes on; what was refused and mended since is saved after all.
    if (entry.state === "undoing" || entry.state === "undone") return this.#change(commandId, { told: entry.told || message });
    const state = result === "refused" ? "refused" : "saved";
    return this.#change(commandId, { state, told: message, canUndo: entry.canUndo && entryId !== null });
  }

  #change(id: string, change: Partial<Entry>): Entry | undefined {
    this.entries = this.entries.map((entry) => (entry.id === id ? { ...entry, ...change } : entry));
    return this.find(id);
  }
}

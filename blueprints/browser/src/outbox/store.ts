// Where what was done is kept until it is in the book: IndexedDB, which outlives reloads and
// restarts. Where the browser has none, memory, with a copy in localStorage as far as that goes.
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Done, Kept } from "./kinds.ts";

const NAME = "depot";
/** Raised when what is stored changes its shape; a service worker of another number waits its turn. */
export const VERSION = 1;

export interface Store {
  /** Keep a command for good before anything else happens, and return it with its place in the order. */
  add(kept: Omit<Kept, "seq">): Promise<Kept>;
  /** Change a command that is still kept; one that is in the book meanwhile stays out. */
  change(seq: number, change: Partial<Kept>): Promise<void>;
  /** It is in the book: take it out of what waits. */
  finish(kept: Kept, done: Done): Promise<void>;
  remove(seqs: readonly number[]): Promise<void>;
  /** Take out what was refused; what is sent again meanwhile stays. */
  takeBack(commandId: string): Promise<void>;
  all(): Promise<Kept[]>;
  done(since: number): Promise<Done[]>;
  forget(before: number): Promise<void>;
  note<T>(key: string): Promise<T | undefined>;
  setNote(key: string, value: unknown): Promise<void>;
}

interface Shape extends DBSchema {
  kept: { key: number; value: Kept; indexes: { commandId: string } };
  done: { key: string; value: Done; indexes: { at: number } };
  notes: { key: string; value: unknown };
}

/** A power cut after the answer "kept" must not lose it. */
const STRICT = { durability: "strict" } as const;

class DatabaseStore implements Store {
  readonly #db: IDBPDatabase<Shape>;

  constructor(db: IDBPDatabase<Shape>) {
    this.#db = db;
  }

  async add(kept: Omit<Kept, "seq">): Promise<Kept> {
    const change = this.#db.transaction("kept", "readwrite", STRICT);
    const seq = await change.store.add(kept as Kept);
    await change.done;
    return { ...kept, seq };
  }

  async change(seq: number, changed: Partial<Kept>): Promise<void> {
    const change = this.#db.transaction("kept", "readwrite", STRICT);
    const found = await change.store.get(seq);
    if (found) await change.store.put({ ...found, ...changed });
    await change.done;
  }

  async finish(kept: Kept, done: Done): Promise<void> {
    const change = this.#db.transaction(["kept", "done"], "readwrite");
    await Promise.all([change.objectStore("kept").delete(kept.seq), change.objectStore("done").put(done), change.done]);
  }

  async remove(seqs: readonly number[]): Promise<void> {
    const change = this.#db.transaction("kept", "readwrite", STRICT);
    await Promise.all([...seqs.map((seq) => change.store.delete(seq)), change.done]);
  }

  async takeBack(commandId: string): Promise<void> {
    const change = this.#db.transaction("kept", "readwrite", STRICT);
    const found = await change.store.index("commandId").get(commandId);
    if (found?.state === "needs") await change.store.delete(found.seq);
    await change.done;
  }

  /** Keep what was kept elsewhere, unless it is here already or was: two pages may move it at once. */
  async adopt(kept: Omit<Kept, "seq">): Promise<void> {
    const change = this.#db.transaction(["kept", "done"], "readwrite", STRICT);
    const [here, done] = [change.objectStore("kept"), change.objectStore("done")];
    const isKnown = (await here.index("commandId").count(kept.commandId)) || (await done.count(kept.commandId));
    if (!isKnown) await here.add(kept as Kept);
    await change.done;
  }

  all(): Promise<Kept[]> {
    return this.#db.getAll("kept");
  }

  done(since: number): Promise<Done[]> {
    return this.#db.getAllFromIndex("done", "at", IDBKeyRange.lowerBound(since));
  }

  async forget(before: number): Promise<void> {
    const change = this.#db.transaction("done", "readwrite");
    const old = await change.store.index("at").getAllKeys(IDBKeyRange.upperBound(before, true));
    await Promise.all([...old.map((key) => change.store.delete(key)), change.done]);
  }

  async note<T>(key: string): Promise<T | undefined> {
    return (await this.#db.get("notes", key)) as T | undefined;
  }

  async setNote(key: string, value: unknown): Promise<void> {
    await this.#db.put("notes", value, key);
  }
}

interface Plain {
  next: number;
  kept: Kept[];
  done: Done[];
  notes: Record<string, unknown>;
}

/** Without IndexedDB: what another tab keeps meanwhile is read again before each change. */
export class PlainStore implements Store {
  #lasts = true;
  #memory: Plain = { next: 1, kept: [], done: [], notes: {} };

  async add(kept: Omit<Kept, "seq">): Promise<Kept> {
    const now = this.#read();
    const added = { ...kept, seq: now.next };
    this.#write({ ...now, next: now.next + 1, kept: [...now.kept, added] });
    return added;
  }

  async change(seq: number, changed: Partial<Kept>): Promise<void> {
    const now = this.#read();
    this.#write({ ...now, kept: now.kept.map((one) => (one.seq === seq ? { ...one, ...changed } : one)) });
  }

  async finish(kept: Kept, done: Done): Promise<void> {
    await this.remove([kept.seq]);
    const now = this.#read();
    this.#write({ ...now, done: [...now.done.filter(({ commandId }) => commandId !== done.commandId), done] });
  }

  async remove(seqs: readonly number[]): Promise<void> {
    const now = this.#read();
    this.#write({ ...now, kept: now.kept.filter(({ seq }) => !seqs.includes(seq)) });
  }

  async takeBack(commandId: string): Promise<void> {
    const now = this.#read();
    this.#write({ ...now, kept: now.kept.filter((one) => one.commandId !== commandId || one.state !== "needs") });
  }

  async all(): Promise<Kept[]> {
    return this.#read().kept;
  }

  async done(since: number): Promise<Done[]> {
    return this.#read().done.filter(({ at }) => at >= since);
  }

  async forget(before: number): Promise<void> {
    const now = this.#read();
    this.#write({ ...now, done: now.done.filter(({ at }) => at >= before) });
  }

  async note<T>(key: string): Promise<T | undefined> {
    return this.#read().notes[key] as T | undefined;
  }

  async setNote(key: string, value: unknown): Promise<void> {
    const now = this.#read();
    this.#write({ ...now, notes: { ...now.notes, [key]: value } });
  }

  #read(): Plain {
    try {
      const text = this.#lasts ? localStorage.getItem(NAME) : null;
      if (text !== null) this.#memory = JSON.parse(text) as Plain;
    } catch {
      this.#lasts = false;
    }
    return this.#memory;
  }

  #write(next: Plain): void {
    this.#memory = next;
    try {
      if (this.#lasts) localStorage.setItem(NAME, JSON.stringify(next));
    } catch {
      this.#lasts = false; // full, or none: from now on this page alone remembers
    }
  }
}

/** Open the database, or what stands in for it; never fails. */
export async function openStore(): Promise<Store> {
  const plain = new PlainStore();
  try {
    const db = await openDB<Shape>(NAME, VERSION, {
      upgrade(fresh) {
        fresh.createObjectStore("kept", { keyPath: "seq", autoIncrement: true }).createIndex("commandId", "commandId");
        fresh.createObjectStore("done", { keyPath: "commandId" }).createIndex("at", "at");
        fresh.createObjectStore("notes");
      },
      // a newer page wants the database: let go of it, and open it anew when it is needed
      blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
    });
    const store = new DatabaseStore(db);
    await moveInto(store, plain);
    return store;
  } catch {
    return plain;
  }
}

/** What was kept while there was no database goes where it belongs. */
async function moveInto(store: DatabaseStore, plain: Store): Promise<void> {
  const left = await plain.all();
  for (const { seq, ...kept } of left) {
    await store.adopt(kept);
    await plain.remove([seq]);
  }
}

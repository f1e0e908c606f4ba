// What of a browser the outbox needs, for tests in Node: a database, other tabs, a connection, and a depot
// behind it that takes each command once.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { setMaxListeners } from "node:events";
import { afterEach, beforeEach } from "node:test";
import type { Asked, Json, Me } from "../../../blueprints/browser/src/outbox/kinds.ts";
import { Outbox } from "../../../blueprints/browser/src/outbox/outbox.ts";

export const ANA: Me = { person: { id: 1, name: "Ana" }, depot: { id: 1, name: "North" } };
export const BEN: Me = { person: { id: 2, name: "Ben" }, depot: { id: 1, name: "North" } };

export interface Command {
  command_id: string;
  type: string;
  [field: string]: Json;
}
export interface Batch {
  person: number;
  depot: number;
  done_by?: string;
  commands: Command[];
}
interface Refused {
  message: string;
  errors?: Record<string, string[]>;
  near?: string[];
  questions?: Asked[];
}

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}

/** The server, as the outbox knows it. */
export class Depot {
  readonly heard: Batch[] = [];
  /** What it took, by id, in order. */
  readonly book = new Map<string, Command>();
  /** Say something else to a whole batch than what became of each; undefined: as usual. */
  otherwise: (batch: Batch) => Response | undefined = () => undefined;
  /** Say why a command is refused; undefined: it is taken. */
  refuses: (command: Command) => Refused | undefined = () => undefined;
  /** It is taken, and somebody must look now. */
  isUrgent: (command: Command) => boolean = () => false;
  /** The answer to this batch gets lost on its way back. */
  losesAnswer: (batch: Batch) => boolean = () => false;
  /** How long it takes to answer. */
  takes: () => Promise<void> = () => pause(1);
  atOnce = 0;
  mostAtOnce = 0;

  async answer(batch: Batch): Promise<Response> {
    this.heard.push(batch);
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
    await this.takes();
    this.atOnce -= 1;
    const other = this.otherwise(batch);
    if (other) return other;
    const results = batch.commands.map((command) => this.#take(command));
    if (this.losesAnswer(batch)) throw new TypeError("Failed to fetch");
    return json({ results });
  }

  #take(command: Command): object {
    const { command_id } = command;
    const why = this.refuses(command);
    if (why) return { command_id, result: "refused", code: "invalid", message: why.message, body: { errors: why.errors ?? {}, near: why.near ?? [], questions: (why.questions ?? []) as unknown as Json } };
    const result = this.book.has(command_id) ? "repeated" : "posted";
    if (result === "posted") this.book.set(command_id, command);
    return { command_id, result, message: `Saved: ${command["what"] ?? command.type}`, body: { entry_id: this.book.size, discrepancies: [] }, urgent: this.isUrgent(command) };
  }
}

/** One channel of all tabs; what is said goes to the others. */
class Channel extends EventTarget {
  static readonly all = new Set<Channel>();
  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
    Channel.all.add(this);
  }

  postMessage(data: unknown): void {
    const told: unknown = structuredClone(data);
    for (const other of Channel.all) {
      if (other !== this && other.name === this.name) queueMicrotask(() => other.dispatchEvent(new MessageEvent("message", { data: told })));
    }
  }
}

/** What localStorage does, as long as it has room. */
export class Storage {
  readonly texts = new Map<string, string>();
  isFull = false;

  getItem(key: string): string | null {
    return this.texts.get(key) ?? null;
  }

  setItem(key: string, text: string): void {
    if (this.isFull) throw new DOMException("full", "QuotaExceededError");
    this.texts.set(key, text);
  }
}

export interface Around {
  depot: Depot;
  storage: Storage;
  online: boolean;
}

const put = (name: string, value: unknown): void => void Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });

/** A browser of its own for every test of the file; after each it is taken off the net, so that nothing is tried on. */
export function browser(): Around {
  const around: Around = { depot: new Depot(), storage: new Storage(), online: true };
  Object.defineProperty(navigator, "onLine", { get: () => around.online, configurable: true });
  const repeat = setInterval;
  put("setInterval", (work: () => void, ms: number) => repeat(work, ms).unref());
  put("BroadcastChannel", Channel);
  put("document", new EventTarget());
  const events = new EventTarget();
  setMaxListeners(0, events, document);
  put("addEventListener", events.addEventListener.bind(events));
  put("fetch", (_address: string, { body }: { body: string }) => around.depot.answer(JSON.parse(body) as Batch));
  beforeEach(() => {
    Channel.all.clear();
    Object.assign(around, { depot: new Depot(), storage: new Storage(), online: true });
    put("indexedDB", new IDBFactory());
    put("localStorage", around.storage);
  });
  afterEach(async () => {
    around.online = false;
    await pause(20); // longer than any pause before another try
  });
  return around;
}

/** Open a page; pages of one test are tabs of one browser. */
export function tab(me: Me = ANA): Outbox {
  const outbox = new Outbox({ timeout: 500, first: 2, most: 4 });
  outbox.me = me;
  outbox.start();
  return outbox;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Wait until it is so; it fails with `what` if it never is. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await isSo()) return;
    await pause(2);
  }
  throw new Error(`never: ${what}`);
}

/** Wait until nothing of this browser waits to be sent. */
export function sent(outbox: Outbox): Promise<void> {
  return until("all sent", async () => (await outbox.all()).every(({ state }) => state !== "waiting"));
}

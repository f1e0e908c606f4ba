// The outbox itself: keeps first, then sends, and tells every page what became of it. One instance
// a page; pages of the same browser share the store, take turns at sending, and hear of each other.
import { isHeld, mayPass, nextBatch, pauseAfter, undosOf, USUAL, type Pace } from "./order.ts";
import { newId } from "./ids.ts";
import { openStore, type Store } from "./store.ts";
import type { Deed, Done, Json, Kept, Me, Named, Outcome } from "./kinds.ts";

const CHANNEL = "depot-outbox";
/** What is in the book is remembered for so long, to count it and to tell its state. */
const REMEMBERED_MS = 2 * 24 * 60 * 60 * 1000;
const LOOK_MS = 30_000;
const BYTES = 200_000;

interface Result {
  command_id: string;
  result: Outcome["result"];
  code?: string;
  message?: string;
  body?: Record<string, Json>;
  href?: string | null;
  link_text?: string | null;
  urgent?: boolean;
}
type Answer = { results: Result[] } | { later: true } | { signedOut: true } | { other: "persons" | "depots" } | { refused: string };

export class Outbox {
  /** Who works here, as the page says; a page without a person keeps nothing. */
  me: Me | null = null;
  /** Once it is known who works here: on a device of the depot's own not always whom the page names. */
  settled: Promise<void> = Promise.resolve();
  /** Whether the depot has answered this page since it was opened. */
  hasAnswered = false;
  sending = false;
  signedOut = false;
  readonly held = { persons: new Set<number>(), depots: new Set<number>() };
  #store: Promise<Store> = openStore();
  #listeners = new Set<(outcome: Outcome) => void>();
  #watchers = new Set<() => void>();
  #channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(CHANNEL) : null;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn: Promise<void> | null = null;
  #again = false;
  #single = false;
  #pace: Pace;

  constructor(pace: Partial<Pace> = {}) {
    this.#pace = { ...USUAL, ...pace };
  }

  /** Begin to listen and to send what is left from before. */
  start(): void {
    this.#channel?.addEventListener("message", ({ data }: MessageEvent<Outcome | null>) => this.#tell(data));
    addEventListener("online", () => this.#wake());
    addEventListener("offline", () => this.#tell(null));
    addEventListener("pageshow", () => this.#wake());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#wake();
    });
    setInterval(() => this.#wake(), LOOK_MS);
    void this.#use((store) => store.forget(Date.now() - REMEMBERED_MS));
    this.#wake();
  }

  /** Keep a command for good, then send it. Resolves with its id once it cannot be lost any more. */
  async keep(deed: Deed, words: string, more: { dependsOn?: string[]; commandId?: string; page?: string } = {}): Promise<string> {
    await this.settled;
    const me = this.me ?? (await this.#use((store) => store.note<Me>("me")));
    if (!me) throw new Error("nobody is signed in on this page");
    const commandId = more.commandId ?? newId();
    const occurredAt = new Date().toISOString();
    const own = more.page === undefined ? {} : { page: more.page };
    const kept: Omit<Kept, "seq"> = {
      ...own, commandId, deed, words, occurredAt, ...me, dependsOn: more.dependsOn ?? [], state: "waiting",
    };
    await this.#use((store) => store.add(kept));
    this.#changed();
    this.#wake();
    return commandId;
  }

  /** Whether there may be no connection to the depot: the browser says so, or sending failed. */
  get mayBeCutOff(): boolean {
    return navigator.onLine === false || (this.#failures > 0 && !this.signedOut);
  }

  undo(commandId: string, words: string): Promise<string> {
    return this.keep({ type: "undo", of: commandId }, words, { dependsOn: [commandId] });
  }

  all(): Promise<Kept[]> {
    return this.#use((store) => store.all());
  }

  doneSince(since: number): Promise<Done[]> {
    return this.#use((store) => store.done(since));
  }

  async find(commandId: string): Promise<Kept | undefined> {
    return (await this.all()).find((kept) => kept.commandId === commandId);
  }

  note<T>(key: string): Promise<T | undefined> {
    return this.#use((store) => store.note<T>(key));
  }

  setNote(key: string, value: unknown): Promise<void> {
    return this.#use((store) => store.setNote(key, value));
  }

  /** Send a command again, perhaps mended; it stays the same command, in the same place of the order. */
  async mend(kept: Kept, deed: Deed = kept.deed, words: string = kept.words): Promise<void> {
    await this.#use((store) => store.change(kept.seq, { deed, words, state: "waiting", reason: "", errors: {}, near: [], questions: [] }));
    this.#changed();
    this.#wake();
  }

  /** A person says that this is not to be sent: it stays listed until it is cleared. */
  async drop(kept: Kept): Promise<void> {
    const all = await this.all();
    const undos = undosOf(kept.commandId, all);
    for (const one of all) {
      if (one.seq === kept.seq || undos.includes(one.commandId)) {
        await this.#use((store) => store.change(one.seq, { state: "dropped" }));
      }
    }
    this.#changed();
    this.#wake();
  }

  /** What was refused is the business of the form that it came from again: here nothing waits for it. */
  async takeBack(commandId: string): Promise<void> {
    await this.#use((store) => store.takeBack(commandId));
    this.#changed();
  }

  async clearDropped(): Promise<void> {
    const dropped = (await this.all()).filter(({ state }) => state === "dropped");
    await this.#use((store) => store.remove(dropped.map(({ seq }) => seq)));
    this.#changed();
  }

  /** What somebody else did is sent by who is signed in now; the entry's note names who did it. */
  async takeOver(from: Named, me: Me): Promise<void> {
    for (const one of await this.all()) {
      if (one.state === "dropped" || one.person.id !== from.id) continue;
      const doneBy = one.doneBy ?? from.name;
      await this.#use((store) => store.change(one.seq, { person: me.person, doneBy }));
    }
    this.held.persons.delete(from.id);
    this.#changed();
    this.#wake();
  }

  onOutcome(listen: (outcome: Outcome) => void): () => void {
    this.#listeners.add(listen);
    return () => this.#listeners.delete(listen);
  }

  /** Be told whenever what waits, or how it stands with sending, may be another than before. */
  onChange(watch: () => void): () => void {
    this.#watchers.add(watch);
    return () => this.#watchers.delete(watch);
  }

  /** Try to send now; ask again whose it is. */
  retry(): void {
    this.held.persons.clear();
    this.held.depots.clear();
    this.#wake();
  }

  #wake(): void {
    clearTimeout(this.#timer);
    if (this.#turn) {
      this.#again = true;
      return;
    }
    this.#again = false;
    this.#turn = this.#inTurn()
      .catch(() => this.#later())
      .finally(() => {
        this.#turn = null;
        if (this.#again) this.#wake();
      });
  }

  /** One page sends at a time; where there are no locks, the server knows each command by its id. */
  async #inTurn(): Promise<void> {
    if (navigator.onLine === false) return;
    if (!("locks" in navigator)) return this.#send();
    await navigator.locks.request(CHANNEL, () => this.#send());
  }

  async #send(): Promise<void> {
    for (;;) {
      const limits = { commands: this.#single ? 1 : this.#pace.commands, bytes: BYTES };
      const batch = nextBatch(await this.all(), this.held, limits);
      const first = batch[0];
      if (!first) break;
      this.#sends(true);
      const answer = await this.#post(batch, first);
      this.#sends(false);
      if (!(await this.#heed(answer, batch, first))) return;
      this.#failures = 0;
    }
    this.#tell(null);
  }

  #sends(now: boolean): void {
    this.sending = now;
    this.#tell(null);
  }

  async #post(batch: Kept[], first: Kept): Promise<Answer> {
    const body = {
      device_id: await this.#device(),
      person: first.person.id,
      depot: first.depot.id,
      sent_at: new Date().toISOString(),
      ...(first.doneBy === undefined ? {} : { done_by: first.doneBy }),
      commands: batch.map(({ deed, commandId, occurredAt }) => ({ ...deed, command_id: commandId, occurred_at: occurredAt })),
    };
    try {
      const answer = await fetch("/sync", {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify(body),
        redirect: "error",
        cache: "no-store",
        signal: AbortSignal.timeout(this.#pace.timeout),
      });
      return await read(answer);
    } catch {
      return { later: true };
    }
  }

  /** Do what the answer asks for; say whether to go on with the next batch at once. */
  async #heed(answer: Answer, batch: Kept[], first: Kept): Promise<boolean> {
    if ("results" in answer) {
      this.signedOut = false;
      for (const result of answer.results) await this.#settle(result, batch);
      this.#changed();
      return answer.results.length > 0;
    }
    if ("signedOut" in answer) {
      this.signedOut = true;
      this.#later(); // whoever signs in comes back with a new page; perhaps it was in another tab
      return false;
    }
    if ("other" in answer) {
      this.held[answer.other].add(answer.other === "persons" ? first.person.id : first.depot.id);
      return true;
    }
    if ("refused" in answer && batch.length > 1) {
      this.#single = true; // one of them is such that the whole was not even read
      return true;
    }
    if ("refused" in answer) {
      await this.#use((store) => store.change(first.seq, { state: "needs", reason: answer.refused }));
      this.#single = false;
      return true;
    }
    this.#later();
    return false;
  }

  async #settle(result: Result, batch: Kept[]): Promise<void> {
    const kept = batch.find(({ commandId }) => commandId === result.command_id);
    if (!kept) return;
    const outcome = outcomeOf(result);
    if (result.result === "refused") {
      const { errors = {}, near = [], questions = [] } = outcome.body as Pick<Kept, "errors" | "near" | "questions">;
      const told = { reason: outcome.message, code: outcome.code ?? "", errors, near, questions };
      await this.#use((store) => store.change(kept.seq, { state: "needs", ...told }));
    } else {
      const { commandId, words } = kept;
      const { message, entryId } = outcome;
      const urgent = outcome.urgent ? { urgent: true } : {};
      await this.#use((store) => store.finish(kept, { commandId, words, message, entryId, at: Date.now(), ...urgent }));
    }
    this.#channel?.postMessage(outcome);
    this.#tell(outcome);
  }

  #later(): void {
    this.#failures += 1;
    this.#timer = setTimeout(() => this.#wake(), pauseAfter(this.#failures, Math.random(), this.#pace));
    this.#tell(null);
  }

  #changed(): void {
    this.#channel?.postMessage(null);
    this.#tell(null);
  }

  #tell(outcome: Outcome | null): void {
    if (outcome) for (const listen of this.#listeners) listen(outcome);
    for (const watch of this.#watchers) watch();
  }

  async #device(): Promise<string> {
    const known = await this.note<string>("device");
    if (known) return known;
    const made = newId();
    await this.setNote("device", made);
    return made;
  }

  /** Use the store; one that was closed under our feet is opened anew. */
  async #use<T>(work: (store: Store) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#store);
    } catch {
      this.#store = openStore();
      return work(await this.#store);
    }
  }
}

async function read(answer: Response): Promise<Answer> {
  if (answer.status === 401) return { signedOut: true };
  if (mayPass(answer.status) || !answer.headers.get("Content-Type")?.startsWith("application/json")) return { later: true };
  const body = (await answer.json()) as { results?: Result[]; code?: string; message?: string };
  if (answer.ok && Array.isArray(body.results)) return { results: body.results };
  if (body.code === "other_person") return { other: "persons" };
  if (body.code === "other_depot") return { other: "depots" };
  return answer.ok ? { later: true } : { refused: body.message ?? "" };
}

function outcomeOf({ command_id, result, code, message, body = {}, href, link_text, urgent }: Result): Outcome {
  const { entry_id: entry, discrepancies: found } = body;
  return {
    commandId: command_id,
    result,
    message: message ?? "",
    ...(code === undefined ? {} : { code }),
    entryId: typeof entry === "number" ? entry : null,
    discrepancies: Array.isArray(found) ? found.length : 0,
    body,
    ...(href ? { href } : {}),
    ...(link_text ? { linkText: link_text } : {}),
    ...(urgent ? { urgent } : {}),
  };
}

export { isHeld };

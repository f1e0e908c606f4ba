// Doing things to crates: kept in the outbox first, then listed, shown, and undone on request.
import { saidOfAll, type Said } from "../../amounts/when.ts";
import * as outbox from "../../outbox/api.ts";
import type { AnswerPanel, Kind } from "../answer.ts";
import { keyOf, type Deed } from "../context.ts";
import { button, link } from "../../common/dom.ts";
import type { Desk } from "../desk.ts";
import { isUndoable, NEEDS_YOU, showList, stateOf, undoButton } from "./list.ts";
import { canUndo, Session, SESSION_MS, type Entry } from "./session.ts";

const DRAWINGS: Record<string, string> = { move: "move", out: "out", stop: "stop", in: "in", count: "count", plain: "check" };

export interface Doing {
  deed: Deed;
  code: string;
  kind: Kind;
  title: string;
  /** What is known of it beforehand, shown beneath. */
  lines?: string[];
  acts?: HTMLElement[];
  /** When and why, as the page said at the scan: looking a code up takes a while. */
  said?: Said;
}

/** Return what the page says now of when and why. */
export function saidNow(): Said {
  return saidOfAll(document.getElementById("scan-when"));
}

export class Doer {
  readonly session: Session;
  readonly #desk: Desk;
  readonly #panel: AnswerPanel;
  /** What the answer on the page is about, so that news of it is shown there too. */
  #shown: { ids: string[]; doing: Doing } | null = null;

  constructor(desk: Desk, panel: AnswerPanel) {
    this.#desk = desk;
    this.#panel = panel;
    this.session = new Session(desk.remembered<Entry[]>("session", []), Date.now());
    outbox.onOutcome((outcome) => this.#heard(outcome));
    this.#list();
    void this.#catchUp();
  }

  /** Hear what became of earlier scans while no page was open to be told. */
  async #catchUp(): Promise<void> {
    const { outbox: box } = outbox;
    const [kept, done] = await Promise.all([box.all(), box.doneSince(Date.now() - SESSION_MS)]);
    for (const { commandId, message, entryId } of done) this.session.hear({ commandId, result: "posted", message, entryId });
    for (const { commandId, state, reason } of kept) {
      if (state === "needs") this.session.hear({ commandId, result: "refused", message: reason ?? "", entryId: null });
    }
    this.#list();
  }

  /** Something else is shown now. */
  forget(): void {
    this.#shown = null;
  }

  /** Do it, unless just this was the last thing done with the crate: then ask. */
  async unlessDone(doing: Doing): Promise<void> {
    const before = this.session.already(doing.deed);
    if (!before) return this.one(doing);
    this.forget();
    const again = button("btn", this.#desk.say("again"), () => void this.one(doing));
    this.#panel.show(
      {
        kind: "plain",
        drawing: "check",
        title: this.#desk.say("already", { code: doing.code }),
        lines: [this.#desk.say("already_line", { time: this.#desk.time(before.at) })],
        acts: isUndoable(before) ? [again, this.#undoButton(before)] : [again],
      },
      "again",
    );
  }

  async one(doing: Doing): Promise<void> {
    const entry = await this.#keep(doing);
    if (!entry) return;
    this.#shown = { ids: [entry.id], doing };
    this.#answer("yes");
  }

  /** Do many at once; `doing` says what to show for all of them. */
  async all(each: Doing[], doing: Doing): Promise<void> {
    const ids: string[] = [];
    const said = saidNow();
    for (const one of each) {
      const entry = await this.#keep({ ...one, said });
      if (entry) ids.push(entry.id);
    }
    this.#shown = { ids, doing };
    this.#answer("yes");
  }

  async #keep({ deed, code, kind, title, said = saidNow() }: Doing): Promise<Entry | null> {
    try {
      const id = await outbox.keep({ ...deed, ...said(deed.type) }, title);
      const entry: Entry = { id, kind, code, key: keyOf(deed), title, state: "waiting", told: "", canUndo: canUndo(deed), at: Date.now() };
      this.session.add(entry);
      this.#list();
      return entry;
    } catch {
      this.forget();
      this.#panel.show({ kind: "stop", drawing: "warn", title: this.#desk.say("cannot_keep", { what: title }) }, "no");
      return null;
    }
  }

  async undo(entry: Entry): Promise<void> {
    const undoId = await outbox.undo(entry.id, this.#desk.say("undo_of", { what: entry.title }));
    this.session.undoing(entry.id, undoId);
    this.#list();
    if (this.#shown?.ids.includes(entry.id)) this.#answer();
  }

  #heard(outcome: outbox.Outcome): void {
    const entry = this.session.hear(outcome);
    if (!entry) return;
    this.#list();
    if (!this.#shown?.ids.includes(entry.id)) return;
    this.#answer(entry.state === "refused" ? "no" : undefined);
  }

  /** Show what the answer on the page is about, as it stands now. */
  #answer(tone?: "yes" | "no"): void {
    if (!this.#shown) return;
    const { ids, doing } = this.#shown;
    const entries = ids.map((id) => this.session.find(id)).filter((found) => found !== undefined);
    const refused = entries.filter(({ state }) => state === "refused");
    const [only] = entries;
    const state = entries.length === 1 && only ? stateOf(this.#desk, only) : "";
    this.#panel.show(
      {
        kind: refused.length ? "stop" : doing.kind,
        drawing: refused.length ? "warn" : (DRAWINGS[doing.kind] ?? "check"),
        title: doing.title,
        lines: refused.length
          ? refused.map(({ told }) => this.#desk.say("not_saved", { why: told }))
          : [...(doing.lines ?? []), only?.told || state],
        acts: [...this.#ways(entries), ...(doing.acts ?? [])],
      },
      tone,
    );
  }

  #ways(entries: Entry[]): HTMLElement[] {
    const standing = entries.filter(isUndoable);
    const [first] = standing;
    if (!first) return entries.some(({ state }) => state === "refused") ? [link("btn", this.#desk.say("see_why"), NEEDS_YOU)] : [];
    if (entries.length === 1) return [this.#undoButton(first)];
    const all = () => void Promise.all(standing.map((entry) => this.undo(entry)));
    return [button("btn", this.#desk.say("undo_all"), all)];
  }

  #undoButton(entry: Entry): HTMLButtonElement {
    return undoButton(this.#desk, entry, (found) => void this.undo(found));
  }

  #list(): void {
    this.#desk.remember("session", this.session.entries);
    showList(this.#desk, this.session.entries, (entry) => void this.undo(entry));
  }
}

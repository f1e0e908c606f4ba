// The list of this session's scans, each with what became of it and its undo.
import { button, icon, link, make, part, redraw, withCodes } from "../../common/dom.ts";
import type { Desk } from "../desk.ts";
import type { Entry, State } from "./session.ts";

/** Where what needs a person is mended or dropped. */
export const NEEDS_YOU = "/scan/waiting";
const DRAWINGS: Record<State, string> = { waiting: "clock", saved: "check", refused: "warn", undoing: "clock", undone: "undo" };
/** So many stand on the page; the ledger has them all. */
const SHOWN = 30;

export function showList(desk: Desk, entries: readonly Entry[], undo: (entry: Entry) => void): void {
  part("scan-session").hidden = entries.length === 0;
  redraw(part("scan-list"), ...entries.slice(0, SHOWN).map((entry) => row(desk, entry, undo)));
}

/** Return the words for how far an entry has come. */
export function stateOf(desk: Desk, entry: Entry): string {
  return desk.say(entry.state);
}

function row(desk: Desk, entry: Entry, undo: (entry: Entry) => void): HTMLLIElement {
  const kind = entry.state === "refused" ? "stop" : entry.kind;
  const state = make("span", "small soft scan-state", icon(DRAWINGS[entry.state]) as Element);
  state.append(desk.say("at", { time: desk.time(entry.at), state: stateOf(desk, entry) }));
  const what = make("div", "what", make("span", "", withCodes(entry.title)), state);
  // What was moved where stands there already; what was in a crate, or what is wrong, is news.
  const isNews = entry.state === "refused" || (entry.state === "saved" && entry.kind !== "move");
  if (entry.told && isNews) what.append(make("span", "small soft", entry.told));
  const made = make("li", `row ${kind}${entry.state === "undone" ? " undone" : ""}`, make("span", "kind"), what);
  made.dataset["state"] = entry.state;
  made.dataset["stand"] = entry.id;
  const way = wayOf(desk, entry, undo);
  if (way) made.append(make("div", "side", way));
  return made;
}

function wayOf(desk: Desk, entry: Entry, undo: (entry: Entry) => void): HTMLElement | null {
  if (entry.state === "refused") return link("btn small-btn", desk.say("see_why"), NEEDS_YOU);
  return isUndoable(entry) ? undoButton(desk, entry, undo) : null;
}

export function isUndoable({ state, canUndo }: Entry): boolean {
  return canUndo && (state === "waiting" || state === "saved");
}

export function undoButton(desk: Desk, entry: Entry, undo: (entry: Entry) => void): HTMLButtonElement {
  const made = button("btn small-btn", desk.say("undo"), () => undo(entry), desk.say("undo_of", { what: entry.title }));
  made.prepend(icon("undo"));
  return made;
}

// What happens to each crate that is scanned, and what a scan means then. Pure: no page, no network.
import type { Scanned } from "./texts.ts";

/** A place, a crate that others stand on (`to` is what a move is told), or an event. */
export interface Named {
  id: number;
  name: string;
}
export interface Target {
  to: string;
  isCrate: boolean;
}
export type Context =
  | { act: "look" }
  /** `target` is null until something is scanned that crates can be put on or at. */
  | { act: "move"; target: Target | null }
  | { act: "issue"; event: Named }
  | { act: "collect" }
  | { act: "call"; place: Named };

export interface Known {
  places: readonly Named[];
  events: readonly Named[];
  /** How many crates are in the basket. */
  collected: number;
}
export interface Deed {
  type: string;
  [field: string]: string | number | string[] | Line[];
}
/** Goods of a deed: a product's code as it was scanned stands for so many of what it is. */
export interface Line {
  [field: string]: string | number;
}
/** What is to be done about one scan. */
export type Step =
  | { do: "become"; context: Context }
  | { do: "keep"; deed: Deed; code: string }
  | { do: "look"; text: string }
  | { do: "collect"; code: string }
  /** A place or an event was scanned while crates are in the basket: it may be where all of them go. */
  | { do: "offer"; context: Context }
  | { do: "call"; code: string }
  | { do: "itself"; code: string }
  | { do: "gone"; what: "place" | "event" };

export const LOOK: Context = { act: "look" };

/** As many places are buttons, those used lately; more are found by typing. */
export const MOST_BUTTONS = 8;

/** The place of that name, however it is spelled in capitals and blanks. */
export function placeCalled(text: string, places: readonly Named[]): Named | undefined {
  const key = (name: string) => name.normalize("NFKC").trim().replace(/\s+/gu, " ").toLowerCase();
  return places.find(({ name }) => key(name) === key(text));
}

/** Decide what a scan means in a context. */
export function step(context: Context, scanned: Scanned, known: Known): Step {
  switch (scanned.kind) {
    case "crate":
      return ofCrate(context, scanned.code);
    case "place": {
      const place = known.places.find(({ id }) => id === scanned.id);
      return place ? turn(context, placed(context, place), known) : { do: "gone", what: "place" };
    }
    case "event": {
      const event = known.events.find(({ id }) => id === scanned.id);
      return event ? turn(context, { act: "issue", event }, known) : { do: "gone", what: "event" };
    }
    case "other":
      // An old box number, perhaps: in a roll-call the depot sorts out what all of it is at the end.
      return context.act === "call" ? { do: "call", code: scanned.text } : { do: "look", text: scanned.text };
    case "goods":
      return { do: "look", text: scanned.text };
  }
}

/** The deed of one crate in a context that has one; null in the others. */
export function deedOf(context: Context, code: string): Deed | null {
  if (context.act === "move" && context.target) return { type: "move", crate_code: code, to: context.target.to };
  if (context.act === "issue") return { type: "issue", event_id: context.event.id, crate_code: code };
  return null;
}

/** The deed of a product that is scanned where things are handed out: one pack of it; null elsewhere. */
export function productDeedOf(context: Context, text: string): Deed | null {
  return context.act === "issue" ? { type: "issue", event_id: context.event.id, lines: [{ scanned: text }] } : null;
}

/** Two deeds that are the same thing done to the same crate have the same key. */
export function keyOf({ type, crate_code, crate_codes, to, event_id, reason, add }: Deed): string {
  return [type, crate_code ?? crate_codes, to, event_id, reason, add].join("|");
}

/** Return a remembered context if it still makes sense: its place or event may be gone by now. */
export function revived(kept: Context | null, known: Known): Context {
  const has = (list: readonly Named[], wanted: Named) => list.some(({ id, name }) => id === wanted.id && name === wanted.name);
  switch (kept?.act) {
    case "move":
      return !kept.target || kept.target.isCrate || known.places.some(({ name }) => name === kept.target?.to) ? kept : LOOK;
    case "issue":
      return has(known.events, kept.event) ? kept : LOOK;
    case "call":
      return has(known.places, kept.place) ? kept : LOOK;
    case "collect":
      return kept;
    default:
      return LOOK;
  }
}

function ofCrate(context: Context, code: string): Step {
  if (context.act === "collect") return { do: "collect", code };
  if (context.act === "call") return { do: "call", code };
  if (context.act === "move") {
    if (!context.target) return { do: "become", context: { act: "move", target: { to: code, isCrate: true } } };
    if (context.target.to === code) return { do: "itself", code };
  }
  const deed = deedOf(context, code);
  return deed ? { do: "keep", deed, code } : { do: "look", text: code };
}

/** A place that is scanned is where crates go from now on; in a roll-call it is the one that is called. */
function placed(context: Context, place: Named): Context {
  if (context.act === "call") return { act: "call", place };
  return { act: "move", target: { to: place.name, isCrate: false } };
}

function turn(context: Context, into: Context, known: Known): Step {
  return context.act === "collect" && known.collected ? { do: "offer", context: into } : { do: "become", context: into };
}

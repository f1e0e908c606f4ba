// What the bar says about saving: always the truth, in as few words as it takes.
import type { Held } from "./order.ts";
import { isHeld } from "./order.ts";
import type { Kept } from "./kinds.ts";

export interface Standing {
  kept: readonly Kept[];
  held: Held;
  /** How many commands of this device came into the book today. */
  savedToday: number;
  sending: boolean;
  online: boolean;
  signedOut: boolean;
  /** What the page itself says: a form is being filled in, or on its way without the outbox. */
  page?: "typing" | "saving" | undefined;
  now: number;
}

export interface Part {
  words: "needs" | "waiting" | "waiting_short" | "sign_in" | "saving" | "typing" | "offline" | "saved" | "all_saved";
  n: number;
  icon: "warn" | "check" | "clock" | "none";
  /** Where it leads: to the list, or to signing in. */
  to?: "list" | "sign_in";
}

/** Younger than this, what is being sent is not called waiting yet. */
export const MOMENT_MS = 2_000;

/** Return the parts of the bar, the one that asks for most first. */
export function barOf(standing: Standing): Part[] {
  const { kept, held } = standing;
  const needs = kept.filter((one) => one.state === "needs" || (one.state === "waiting" && isHeld(one, held)));
  const waiting = kept.filter((one) => one.state === "waiting" && !isHeld(one, held));
  const parts: Part[] = [];
  if (needs.length) parts.push({ words: "needs", n: needs.length, icon: "warn", to: "list" });
  if (waiting.length) parts.push(...waitingParts(standing, waiting, needs.length > 0));
  else if (standing.page) parts.push({ words: standing.page, n: 0, icon: "none" });
  if (parts.length) return parts;
  if (!standing.online) return [{ words: "offline", n: 0, icon: "none" }];
  const n = standing.savedToday;
  return [{ words: n ? "saved" : "all_saved", n, icon: "check" }];
}

function waitingParts(standing: Standing, waiting: Kept[], isSecond: boolean): Part[] {
  const n = waiting.length;
  if (standing.signedOut) return [{ words: "sign_in", n, icon: "warn", to: "sign_in" }];
  const fresh = waiting.every(({ occurredAt }) => standing.now - Date.parse(occurredAt) < MOMENT_MS);
  if (standing.online && fresh && !isSecond) return [{ words: "saving", n, icon: "none" }];
  return [{ words: isSecond ? "waiting_short" : "waiting", n, icon: "clock", to: "list" }];
}

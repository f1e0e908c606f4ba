// What pages do goes out through here: kept on this device first, then sent, once.
import { remembered } from "../common/storage.ts";
import { findKnown } from "./known.ts";
import { meOf, settleWho } from "./who/me.ts";
import { Outbox } from "./outbox.ts";
import type { Deed, Outcome } from "./kinds.ts";
import type { Known } from "./known.ts";
import type { Pace } from "./order.ts";

export type { Deed, Json, Outcome } from "./kinds.ts";
export type { Known } from "./known.ts";

/** The one outbox of this page. Times can be shortened for a trial: localStorage "depot.pace". */
export const outbox = new Outbox(remembered<Partial<Pace>>("depot.pace", {}));
outbox.me = meOf(document);
outbox.start();
// without a place to tap names this is nobody's but who is signed in
outbox.settled = settleWho(outbox, document.querySelector("#hands") !== null).catch(() => undefined);

/** Keep what was done; resolves with the command's id once it is stored for good. */
export function keep(deed: Deed, words: string, options: { dependsOn?: string[] } = {}): Promise<string> {
  return outbox.keep(deed, words, options);
}

/** Undo what was kept earlier, whether it is in the book by then or not; resolves with the undo's own id. */
export function undo(commandId: string, words: string): Promise<string> {
  return outbox.undo(commandId, words);
}

/** Be told what became of each command of this device, whichever page sent it. */
export function onOutcome(listen: (outcome: Outcome) => void): () => void {
  return outbox.onOutcome(listen);
}

/** Look a text up in the list this device keeps: good for a hint, never for a rule. */
export function find(text: string): Promise<Known | null> {
  return findKnown(outbox, text);
}

// Who works at this page. On a device of the depot's own somebody else may have tapped a name since, with
// no connection to begin a session: until there is one, what is done on it is theirs.
import type { Me, Named } from "../kinds.ts";
import type { Outbox } from "../outbox.ts";

const TAPPED = "tapped";

interface Tapped {
  person: Named;
  /** Whose the pages are that are shown meanwhile, and of which depot. */
  instead: number;
  depot: number;
}

/** Return who works at the page and where, as its bar says; null on a page of nobody. */
export function meOf(page: Document): Me | null {
  const text = page.getElementById("saved")?.dataset["me"];
  return text ? (JSON.parse(text) as Me) : null;
}

/** Let who tapped a name last be who works here, and remember it for pages that say nobody. */
export async function settleWho(outbox: Outbox, isShared: boolean): Promise<void> {
  const { me } = outbox;
  if (!me) return;
  const tapped = await outbox.note<Tapped | null>(TAPPED);
  const holds = isShared && tapped?.instead === me.person.id && tapped.depot === me.depot.id;
  if (tapped && !holds) await forgetTapped(outbox);
  if (tapped && holds) outbox.me = { ...me, person: tapped.person };
  await outbox.setNote("me", outbox.me);
}

/** Somebody tapped their name without a connection on a page of `own`. */
export async function tap(outbox: Outbox, person: Named, own: Me): Promise<void> {
  const isOther = person.id !== own.person.id;
  outbox.me = isOther ? { ...own, person } : own;
  await outbox.setNote(TAPPED, isOther ? ({ person, instead: own.person.id, depot: own.depot.id } satisfies Tapped) : null);
  await outbox.setNote("me", outbox.me);
}

export function forgetTapped(outbox: Outbox): Promise<void> {
  return outbox.setNote(TAPPED, null);
}

// "Who is doing this?" on a device of the depot's own, asked on the page itself while there is no
// connection. Where a PIN is wanted no names are kept: nothing here could check it.
import { BESIDE } from "../../common/beside.ts";
import { button } from "../../common/dom.ts";
import type { Named } from "../kinds.ts";
import { storedList, type List } from "../known.ts";
import { forgetTapped, meOf, tap } from "./me.ts";
import type { Outbox } from "../outbox.ts";

const PATIENCE_MS = 2_000;

/** Let the name be changed that stands on `place`; `refreshed` is the list that the page fetched. */
export function askWho(outbox: Outbox, place: HTMLElement, refreshed: Promise<List | null>): void {
  const link = place.querySelector("a");
  const dialog = document.querySelector<HTMLDialogElement>("#hands");
  const own = meOf(document);
  if (!link || !dialog || !own) return;
  let names: Named[] = [];
  const know = (list: List | null): void => {
    names = (list?.names ?? []).map(([id, name]) => ({ id, name }));
  };
  const show = (): void => {
    const name = place.querySelector("b");
    if (name && outbox.me) name.textContent = outbox.me.person.name;
  };
  const choose = async (person: Named): Promise<void> => {
    await tap(outbox, person, own);
    show();
    dialog.close();
  };
  const goAndAsk = async (): Promise<void> => {
    await forgetTapped(outbox);
    location.assign(link.href);
  };
  const askHere = (): void => {
    dialog.querySelector(".names")?.replaceChildren(...names.map((one) => button("btn", one.name, () => void choose(one))));
    dialog.showModal();
  };
  link.addEventListener("click", (event) => {
    if (!outbox.mayBeCutOff || !names.length) return void forgetTapped(outbox);
    event.preventDefault();
    void answers(link.href).then((found) => (found ? goAndAsk() : askHere()));
  });
  dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close());
  void outbox.settled.then(async () => {
    show();
    know(await storedList(outbox));
    know(await refreshed);
    // there is a connection again, and here works another than the depot thinks: it asks
    if (!outbox.hasAnswered || outbox.me?.person.id === own.person.id) return;
    await goAndAsk();
  });
}

/** Whether the depot can be asked, without waiting for long. */
async function answers(address: string): Promise<boolean> {
  if (navigator.onLine === false) return false;
  const asked: RequestInit = { headers: BESIDE, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) };
  return fetch(address, asked).then((answer) => answer.ok, () => false);
}

// On every page of somebody signed in: the bar, the page's forms, the service worker, the list.
import { showAmounts } from "../amounts/live.ts";
import { showWhen } from "../amounts/when.ts";
import { button, make } from "../common/dom.ts";
import { remember, remembered } from "../common/storage.ts";
import { Words, type Spoken } from "../common/words.ts";
import { outbox } from "./api.ts";
import { barOf, MOMENT_MS } from "./bar.ts";
import { drawBar } from "./drawn.ts";
import { Forms } from "./forms/forms.ts";
import { offerInstall } from "./install.ts";
import { askWho } from "./who/hands.ts";
import { refreshList, type List } from "./known.ts";
import { drawWaiting } from "./waiting.ts";

const LIST_MS = 5 * 60_000;

function startOfDay(): number {
  return new Date().setHours(0, 0, 0, 0);
}

function showBar(bar: HTMLElement, words: Words): void {
  let page: "typing" | "saving" | undefined;
  const show = async (): Promise<void> => {
    const [kept, done] = await Promise.all([outbox.all(), outbox.doneSince(startOfDay())]);
    const { held, sending, signedOut } = outbox;
    const now = Date.now();
    drawBar(bar, barOf({ kept, held, savedToday: done.length, sending, signedOut, online: navigator.onLine, page, now }), words);
    if (kept.some(({ occurredAt }) => now - Date.parse(occurredAt) < MOMENT_MS)) setTimeout(() => void show(), MOMENT_MS);
  };
  bar.addEventListener("tell", (event) => {
    event.preventDefault();
    const said = (event as CustomEvent<string | undefined>).detail;
    page = said === "typing" || said === "saving" ? said : undefined;
    void show();
  });
  outbox.onChange(() => void show());
  void show();
}

/** Let the pages open without a connection, and have those ready that are needed at the door. */
async function workOffline(refreshed: Promise<List | null>): Promise<void> {
  const list = await refreshed;
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  const { active } = await navigator.serviceWorker.ready;
  if (list && navigator.onLine) active?.postMessage({ keep: list.pages });
}

/** On plain http browsers keep no pages: say so once, where it matters. */
function tellPlainHttp(words: Words): void {
  const told = "depot.http-told";
  if (isSecureContext || remembered(told, false) || !document.querySelector("form[data-outbox], #scan, #waiting")) return;
  const note = make("div", "note count", make("p", "", words.say("plain_http")));
  note.append(button("btn small-btn", words.say("understood"), () => {
    remember(told, true);
    note.remove();
  }));
  document.querySelector("main .head")?.after(note);
}

const bar = document.getElementById("saved");
const spoken = bar?.dataset["words"];
if (bar && spoken && outbox.me) {
  const words = new Words(JSON.parse(spoken) as Record<string, Spoken>, document.documentElement.lang || "en");
  showBar(bar, words);
  new Forms(outbox, words).start();
  showAmounts(document);
  offerInstall();
  showWhen(document);
  const list = document.getElementById("waiting");
  if (list) drawWaiting(list, outbox, words);
  tellPlainHttp(words);
  const refreshed = refreshList(outbox);
  void workOffline(refreshed).catch(() => undefined);
  const place = document.querySelector<HTMLElement>(".at-device");
  if (place) askWho(outbox, place, refreshed);
  setInterval(() => {
    if (document.visibilityState === "visible") void refreshList(outbox);
  }, LIST_MS);
}

// The service worker: pages that are needed at the door open without a connection, the others say
// so plainly. It keeps nothing of the book and sends nothing: the outbox does.
//
// /sw.js puts `self.DEPOT` in front of this file: the version and the addresses to have ready.
import { forgetList } from "./forget.ts";
import type { FetchEvent, Scope } from "./scope.ts";

interface Shell {
  /** Another number means: what pages keep has changed, wait until no old page is open. */
  protocol: number;
  version: string;
  /** Addresses that never change what they answer: scripts, styles, icons. */
  files: string[];
  /** The page that says there is no connection. */
  offline: string;
}
declare const self: Scope & { DEPOT: Shell };

const { protocol, version, files, offline } = self.DEPOT;
const SHELL = `shell-${protocol}-${version}`;
const PAGES = "pages";
/** A page that has not come by then is shown as it was the last time. */
const PATIENCE_MS = 3_000;
/** Pages that are of use with nothing but what is kept on the phone. */
const USEFUL = [/^\/scan$/, /^\/scan\/waiting$/, /^\/donations\/new$/, /^\/hand-outs\/\d+(\/(hand-out|bring-back|people))?$/];
/** Whose pages these are: the server says so with each page that may be kept. */
const WHOSE = "Depot-Page";
/** A page tells who it was made for; kept beside the pages. */
const OWNER = "/owner";

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  const { keep } = (event.data ?? {}) as { keep?: string[] };
  if (keep) event.waitUntil(keepAll(keep));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && url.pathname === "/sign-out") return event.waitUntil(forget());
  if (request.method !== "GET") return;
  if (request.mode === "navigate") return event.respondWith(page(event, url));
  if (files.includes(url.pathname + url.search) || url.pathname.startsWith("/bundles/")) event.respondWith(file(request));
});

async function install(): Promise<void> {
  const shell = await caches.open(SHELL);
  await Promise.all([...files, offline].map(async (address) => {
    const known = address === offline ? undefined : await caches.match(address);
    if (known) return shell.put(address, known);
    const asked: RequestInit = address === offline ? { cache: "reload", headers: { Purpose: "prefetch" } } : {};
    const answer = await fetch(address, { ...asked, redirect: "error" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return shell.put(address, answer);
  }));
  if (await mayTakeOver()) await self.skipWaiting();
}

/** The outbox of pages that are open must be one that this version's pages understand. */
async function mayTakeOver(): Promise<boolean> {
  const names = await caches.keys();
  return names.every((name) => !name.startsWith("shell-") || name.startsWith(`shell-${protocol}-`));
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("shell-") && name !== SHELL).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Scripts and styles bear their contents in their names: what was fetched once is right for good. */
async function file(request: Request): Promise<Response> {
  const shell = await caches.open(SHELL);
  const known = await shell.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected) await shell.put(request, answer.clone());
  return answer;
}

async function page(event: FetchEvent, url: URL): Promise<Response> {
  const isUseful = USEFUL.some((useful) => useful.test(url.pathname));
  const coming = fetch(event.request);
  event.waitUntil(coming.then((answer) => remember(url, answer.clone(), isUseful)).catch(() => undefined));
  try {
    const answer = await (isUseful ? within(coming, PATIENCE_MS) : coming);
    // a gateway that does not reach the depot is no connection either
    if (answer && !(isUseful && answer.status >= 502)) return answer;
    return (await kept(url)) ?? (await coming);
  } catch {
    return (isUseful ? await kept(url) : undefined) ?? noConnection();
  }
}

async function within(coming: Promise<Response>, patience: number): Promise<Response | null> {
  return Promise.race([coming, new Promise<null>((resolve) => setTimeout(() => resolve(null), patience))]);
}

async function kept(url: URL): Promise<Response | undefined> {
  const pages = await caches.open(PAGES);
  return pages.match(url.pathname);
}

async function noConnection(): Promise<Response> {
  const shell = await caches.open(SHELL);
  return (await shell.match(offline)) ?? Response.error();
}

/** Keep the last good copy of a useful page; pages of another person, or of nobody, end those kept. */
async function remember(url: URL, answer: Response, isUseful: boolean): Promise<void> {
  if (url.pathname === "/sign-in" && answer.ok) return forget();
  const whose = answer.headers.get(WHOSE);
  if (!whose || answer.redirected || answer.status !== 200) return;
  const pages = await caches.open(PAGES);
  const owner = await (await pages.match(OWNER))?.text();
  if (owner !== whose) {
    await forgetPages();
    await (await caches.open(PAGES)).put(OWNER, new Response(whose));
  }
  if (isUseful && answer.headers.has("Depot-Keep")) await (await caches.open(PAGES)).put(url.pathname, answer);
}

async function forgetPages(): Promise<void> {
  await caches.delete(PAGES);
}

/** Nobody works here any more: what was kept for whoever did goes. */
async function forget(): Promise<void> {
  await Promise.all([forgetPages(), forgetList()]);
}

/** Fetch pages ahead, one after the other: nobody waits for them. */
async function keepAll(addresses: string[]): Promise<void> {
  for (const address of addresses) {
    const url = new URL(address, location.origin);
    const answer = await fetch(url, { redirect: "error", headers: { Purpose: "prefetch" } }).catch(() => null);
    if (!answer) return;
    await remember(url, answer, true);
  }
}

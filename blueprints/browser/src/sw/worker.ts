// The service worker: pages that are needed at the door open without a connection, the others say
// so plainly. It keeps nothing of the book and sends nothing: the outbox does.
//
// /sw.js puts `self.DEPOT` in front of this file: the version and the addresses to have ready.
import { BESIDE } from "../common/beside.ts";
import { forgetAll, isFresh, isOfUse, remember, standIn } from "./pages.ts";
import { inShell, isShell, mayTakeOver, shellFile, shellOf } from "./shells.ts";
import { SHARE, takeShared } from "./share.ts";
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
const SHELL = shellOf(protocol, version);
/** A page that has not come by then is shown as it was the last time. */
const PATIENCE_MS = 3_000;

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
  if (request.method === "POST" && url.pathname === "/sign-out") return event.waitUntil(forgetAll());
  if (request.method === "POST" && url.pathname === SHARE) return event.respondWith(takeShared(request));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") return event.respondWith(page(event, url));
  if (files.includes(url.pathname + url.search) || isForGood(url.pathname)) event.respondWith(shellFile(SHELL, request));
});

/** Whether what is there bears in its address what is in it: scripts, and pictures of guides. */
function isForGood(path: string): boolean {
  return path.startsWith("/bundles/") || path.startsWith("/guides/pictures/");
}

async function install(): Promise<void> {
  const shell = await caches.open(SHELL);
  await Promise.all([...files, offline].map(async (address) => {
    const known = address === offline ? undefined : await caches.match(address);
    if (known) return shell.put(address, known);
    const asked: RequestInit = address === offline ? { cache: "reload", headers: BESIDE } : {};
    const answer = await fetch(address, { ...asked, redirect: "error" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return shell.put(address, answer);
  }));
  if (mayTakeOver(await caches.keys(), protocol)) await self.skipWaiting();
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => isShell(name) && name !== SHELL).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function page(event: FetchEvent, url: URL): Promise<Response> {
  const isUseful = isOfUse(url.pathname);
  const coming = fetch(event.request);
  event.waitUntil(coming.then((answer) => remember(url, answer.clone(), isUseful)).catch(() => undefined));
  try {
    const answer = await (isUseful ? within(coming, PATIENCE_MS) : coming);
    // a gateway that does not reach the depot is no connection either
    if (answer && answer.status < 502) return answer;
    return (await standIn(url)) ?? (await coming);
  } catch {
    return (await standIn(url)) ?? noConnection();
  }
}

async function within(coming: Promise<Response>, patience: number): Promise<Response | null> {
  return Promise.race([coming, new Promise<null>((resolve) => setTimeout(() => resolve(null), patience))]);
}

async function noConnection(): Promise<Response> {
  return (await inShell(SHELL, offline)) ?? Response.error();
}

/** Fetch pages ahead, one after the other: nobody waits for them. */
async function keepAll(addresses: string[]): Promise<void> {
  for (const address of addresses) {
    const url = new URL(address, location.origin);
    if (isForGood(url.pathname)) {
      await shellFile(SHELL, new Request(url)).catch(() => undefined);
      continue;
    }
    if (await isFresh(url)) continue;
    const answer = await fetch(url, { redirect: "error", headers: BESIDE }).catch(() => null);
    if (!answer) return;
    await remember(url, answer, true);
  }
}

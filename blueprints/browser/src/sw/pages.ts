// Pages that are kept on the phone, all of one person in one depot: those of anybody else end them.
import { SHARED } from "../common/shared.ts";
import { forgetList } from "./forget.ts";

const PAGES = "pages";
/** A guide is the same for everybody and seldom another: its copy is good for a day. */
const GUIDE = /^\/guides\/[a-z-]+$/;
const DAY_MS = 24 * 60 * 60_000;
/** Pages that are of use with nothing but what is kept on the phone. */
const USEFUL = [
  /^\/scan$/, /^\/scan\/waiting$/, /^\/donations\/new$/, /^\/hand-outs\/\d+(\/(table|hand-out|bring-back|people))?$/,
  /^\/handover\/(new)?$/, /^\/here\/by-oneself$/, /^\/rota\/mine$/, GUIDE, /^\/rota\/\d+(\.\d{4}-\d\d-\d\d)?$/,
];
/** The code on the wall asks the depot who somebody is; without a connection whoever works here says so by a tap. */
const WALL = /^\/join\/w\./;
const BY_ONESELF = "/here/by-oneself";
/** Whose pages these are: the server says so with each page that may be kept. */
const WHOSE = "Depot-Page";
const MAY_KEEP = "Depot-Keep";
/** A page tells who it was made for; kept beside the pages. */
const OWNER = "/owner";

/** So long a copy is as good as new: every page that is opened asks for all of them. */
const FRESH_MS = 2 * 60_000;
/** When a page was last kept; gone with the worker, and with it a new version keeps all anew. */
const keptAt = new Map<string, number>();

/** Whether a copy was kept so lately that it is not worth asking the depot for another. */
export async function isFresh(url: URL): Promise<boolean> {
  const at = keptAt.get(url.pathname);
  if (GUIDE.test(url.pathname)) return Date.now() - writtenAt(await kept(url)) < DAY_MS;
  return at !== undefined && Math.abs(Date.now() - at) < FRESH_MS && (await kept(url)) !== undefined;
}

function writtenAt(copy: Response | undefined): number {
  return Date.parse(copy?.headers.get("Date") ?? "") || 0;
}

export function isOfUse(path: string): boolean {
  return USEFUL.some((useful) => useful.test(path));
}

/** The kept page that stands in for one that does not come. */
export async function standIn(url: URL): Promise<Response | undefined> {
  if (WALL.test(url.pathname)) return kept(new URL(BY_ONESELF, url));
  return isOfUse(url.pathname) ? kept(url) : undefined;
}

export async function kept(url: URL): Promise<Response | undefined> {
  const pages = await caches.open(PAGES);
  return pages.match(url.pathname);
}

/** Keep the last good copy of a useful page; pages of another person, or of nobody, end those kept. */
export async function remember(url: URL, answer: Response, isUseful: boolean): Promise<void> {
  if (url.pathname === "/sign-in" && answer.ok) return forgetAll();
  const whose = answer.headers.get(WHOSE);
  if (!whose || answer.redirected || answer.status !== 200) return;
  const pages = await caches.open(PAGES);
  const owner = await (await pages.match(OWNER))?.text();
  if (owner !== whose) {
    await caches.delete(PAGES);
    await (await caches.open(PAGES)).put(OWNER, new Response(whose));
  }
  if (!isUseful || !answer.headers.has(MAY_KEEP)) return;
  await (await caches.open(PAGES)).put(url.pathname, answer);
  keptAt.set(url.pathname, Date.now());
}

/** Nobody works here any more: what was kept for whoever did goes. */
export async function forgetAll(): Promise<void> {
  await Promise.all([caches.delete(PAGES), caches.delete(SHARED), forgetList()]);
}

// The caches of the program itself: one a version, named by what its pages keep and by the version.
const SHELL = "shell-";

export function shellOf(protocol: number, version: string): string {
  return `${SHELL}${protocol}-${version}`;
}

export function isShell(name: string): boolean {
  return name.startsWith(SHELL);
}

/** Whether the outbox of pages that are open is one that this version's pages understand. */
export function mayTakeOver(caches: readonly string[], protocol: number): boolean {
  return caches.every((name) => !isShell(name) || name.startsWith(shellOf(protocol, "")));
}

/** What a shell has at an address. Unlike opening it, asking a shell that is gone does not bring it back. */
export async function inShell(shell: string, asked: Request | string): Promise<Response | undefined> {
  return caches.match(asked, { cacheName: shell });
}

/** Scripts and styles bear their contents in their names: what was fetched once is right for good. */
export async function shellFile(shell: string, request: Request): Promise<Response> {
  const known = await inShell(shell, request);
  if (known) return known;
  const answer = await fetch(request);
  // a worker still answers its pages after the next one took its shell away, and it must stay away
  if (answer.ok && !answer.redirected && (await caches.has(shell))) await (await caches.open(shell)).put(request, answer.clone());
  return answer;
}

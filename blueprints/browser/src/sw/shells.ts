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

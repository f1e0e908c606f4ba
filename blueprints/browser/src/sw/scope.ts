// What a service worker has that a page has not: TypeScript keeps the two apart, and only one of
// them fits into one compilation.

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface MessageFromPage extends ExtendableEvent {
  readonly data: unknown;
}

export interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

export interface Scope {
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: "install" | "activate", listen: (event: ExtendableEvent) => void): void;
  addEventListener(name: "message", listen: (event: MessageFromPage) => void): void;
  addEventListener(name: "fetch", listen: (event: FetchEvent) => void): void;
}

// One scan after another: what it is, what that means in the context, and what is answered.
import { button, link } from "../common/dom.ts";
import * as outbox from "../outbox/api.ts";
import type { AnswerPanel } from "./answer.ts";
import type { Basket } from "./basket.ts";
import { COLOURS, type Choosing } from "./choosing.ts";
import { LOOK, deedOf, productDeedOf, revived, step, type Context, type Deed, type Step } from "./context.ts";
import type { Desk } from "./desk.ts";
import type { Said } from "../amounts/when.ts";
import { saidNow, type Doer } from "./done/doing.ts";
import type { RollCall } from "./rollcall.ts";
import { look, type Look } from "./look.ts";
import { classify } from "./texts.ts";

/** A look that takes longer than this is announced. */
const QUICK_MS = 300;
const DRAWINGS: Record<Context["act"], string> = { look: "search", move: "move", issue: "out", collect: "crate", call: "shelf" };

export interface Parts {
  desk: Desk;
  panel: AnswerPanel;
  doer: Doer;
  basket: Basket;
  rollCall: RollCall;
}

export class Scanner {
  readonly #desk: Desk;
  readonly #panel: AnswerPanel;
  readonly #doer: Doer;
  readonly #basket: Basket;
  readonly #rollCall: RollCall;
  readonly #strip: Choosing;
  #context: Context;
  #queue: Promise<void> = Promise.resolve();
  /** What the page said of when and why at the scan that is being looked up. */
  #said: Said = saidNow();

  constructor({ desk, panel, doer, basket, rollCall }: Parts, strip: (scanner: Scanner) => Choosing) {
    this.#desk = desk;
    this.#panel = panel;
    this.#doer = doer;
    this.#basket = basket;
    this.#rollCall = rollCall;
    this.#strip = strip(this);
    this.#context = revived(desk.remembered<Context | null>("context", null), this.#known());
    this.#showContext();
  }

  /** Take a scanned or typed text; one after another, in the order they came. */
  take(text: string, symbology = ""): void {
    const said = saidNow();
    this.#queue = this.#queue.then(() => {
      this.#said = said;
      return this.#one(text, symbology);
    });
  }

  /** From now on this happens to each crate. */
  become(context: Context, isScanned = false): void {
    this.#context = context;
    this.#desk.remember("context", context);
    this.#showContext();
    this.#doer.forget();
    const only = button("btn", this.#desk.say("look_again"), () => this.become(LOOK));
    const title = this.#desk.say("now", { does: this.#desk.does(context) });
    const acts = context.act === "look" ? [] : [only];
    const answer = { kind: COLOURS[context.act] as "plain", drawing: DRAWINGS[context.act], title, acts };
    this.#panel.show(answer, isScanned ? "yes" : undefined);
  }

  #showContext(): void {
    this.#strip.show(this.#context);
    this.#basket.show(this.#context.act === "collect");
    this.#rollCall.show(this.#context);
  }

  #known() {
    return { places: this.#desk.places, events: this.#desk.events, collected: this.#basket.size };
  }

  async #one(text: string, symbology: string): Promise<void> {
    const scanned = classify(text, symbology);
    await this.#do(step(this.#context, scanned, this.#known()), symbology, text);
  }

  async #do(next: Step, symbology = "", text = ""): Promise<void> {
    switch (next.do) {
      case "become":
        return this.become(next.context, true);
      case "offer":
        return this.#basket.offer(next.context);
      case "collect":
        return this.#basket.add(next.code);
      case "keep":
        return this.#keep(next.deed, next.code);
      case "look":
        return this.#look(next.text, symbology);
      case "itself":
        return this.#tell("plain", "crate", this.#desk.say("itself", { code: next.code }), [], [], "again");
      case "gone":
        return this.#late(text, next.what);
      case "call":
        return this.#call(next.code);
    }
  }

  /** A place or an event that was not there when the page was made: it may be by now. */
  async #late(text: string, what: "place" | "event"): Promise<void> {
    const seen = await look(text);
    const id = Number(/(\d+)\/?$/.exec(text.trim())?.[1]);
    if (seen?.kind === "place") return this.#do(step(this.#context, { kind: "place", id }, { ...this.#known(), places: [{ id, name: seen.title }] }));
    if (seen?.kind === "event") return this.#show(seen, "out");
    this.#tell("stop", "warn", this.#desk.say(`gone_${what}`), [], [], "no");
  }

  async #call(code: string): Promise<void> {
    const known = await outbox.find(code);
    this.#rollCall.add(known?.kind === "crate" ? known.code : code, known?.state === "blank" ? [this.#fill(known.code)] : []);
  }

  /** Do to a crate what the context says, unless the depot says there is no such crate. */
  async #keep(deed: Deed, code: string, isSure = false): Promise<void> {
    const said = this.#said;
    const known = await outbox.find(code);
    if (!known && !isSure) {
      const seen = await look(code);
      if (seen?.kind === "unknown_crate" || seen?.kind === "unknown_code") return this.#unknown(seen, code, "");
    }
    const isHeld = (known?.held ?? false) && deed.type === "issue";
    const isPast = (known?.past ?? false) && deed.type === "issue";
    const lines = [
      isHeld ? this.#desk.say("list_says_held") : "",
      isPast ? this.#desk.say("list_says_past") : "",
      known?.state === "empty" && deed.type !== "move" ? this.#desk.say("list_says_empty") : "",
      known?.state === "blank" ? this.#desk.say("list_says_blank") : "",
      known?.place && deed.type === "move" ? this.#desk.say("was_at", { place: known.place }) : "",
      known?.what ?? "",
    ];
    const acts = known?.state === "blank" ? [this.#fill(code)] : [];
    const title = deed.type === "move" ? this.#desk.say("moved", { code, to: String(deed["to"]) }) : this.#desk.say("issued", { code });
    const kind = isHeld || isPast ? "stop" : deed.type === "move" ? "move" : "out";
    await this.#doer.unlessDone({ deed, code, kind, title, lines, acts, said });
  }

  async #look(text: string, symbology: string): Promise<void> {
    this.#doer.forget();
    const announce = setTimeout(() => this.#tell("plain", "search", this.#desk.say("looking"), [text]), QUICK_MS);
    const seen = (await look(text, symbology)) ?? (await this.#fromList(text));
    clearTimeout(announce);
    if (!seen) return this.#notThere(text, symbology);
    if (seen.kind === "crate" || seen.kind === "blank_crate" || seen.kind === "retired_crate") return this.#crate(seen);
    if (seen.kind === "place") return this.#place(seen);
    if (seen.kind === "item") return this.#item(seen, text);
    if (seen.kind === "event") return this.#show(seen, "out");
    if (seen.kind === "transfer") return this.#transfer(seen);
    if (seen.kind === "transfer_part") return this.#show(seen, "in");
    return this.#unknown(seen, text, symbology);
  }

  /** What the list on this phone says, in the depot's own form. */
  async #fromList(text: string): Promise<Look | null> {
    const known = await outbox.find(text);
    if (!known) return null;
    const kinds = { crate: known.state === "blank" ? "blank_crate" : "crate", place: "place", event: "event", item: "item" } as const;
    const held = known.held ? this.#desk.say("list_says_held") : "";
    const past = known.past ? this.#desk.say("list_says_past") : "";
    const lines = [held, past, known.what ?? "", known.place ?? "", this.#desk.say("offline_known")].filter(Boolean);
    const href = known.kind === "crate" ? `/crates/${known.code}` : null;
    const tone = known.held || known.past ? ({ tone: "stop" } as const) : {};
    return { kind: kinds[known.kind], code: known.code, title: known.name || known.code, lines, href, ...tone };
  }

  /** A crate whose code was asked for: by its old number, or because the context only looks. */
  async #crate(seen: Look): Promise<void> {
    if (this.#context.act === "collect") return this.#basket.add(seen.code);
    const deed = deedOf(this.#context, seen.code);
    if (deed) return this.#keep(deed, seen.code, true);
    const onto = button("btn", this.#desk.say("onto"), () =>
      this.become({ act: "move", target: { to: seen.code, isCrate: true } }),
    );
    if (seen.kind === "blank_crate") return this.#show(seen, "plus", [this.#fill(seen.code)]);
    if (seen.kind === "retired_crate") return this.#show(seen, "stop");
    return this.#show(seen, "crate", this.#ways(seen), [onto]);
  }

  #place(seen: Look): void {
    const place = this.#desk.places.find(({ name }) => name === seen.title);
    if (!place) return this.#show(seen, "shelf");
    void this.#do(step(this.#context, { kind: "place", id: place.id }, this.#known()));
  }

  /** Goods between depots: what is in the basket may be what came off the van, or what goes onto it. */
  #transfer(seen: Look): void {
    const more = seen.crates_href && this.#basket.size ? [this.#basket.along(seen.crates_href)] : [];
    this.#show(seen, "move", this.#ways(seen), more);
  }

  #item(seen: Look, text: string): void | Promise<void> {
    const deed = productDeedOf(this.#context, text);
    if (deed) return this.#handOut(deed, seen, text, this.#said);
    const donate = link("btn", this.#desk.say("donate"), `/donations/new?${new URLSearchParams({ scan: text })}`);
    return this.#show(seen, "in", [donate]);
  }

  /** One pack of a product goes out; one more is a tap, and one less is its undo. */
  #handOut(deed: Deed, seen: Look, text: string, said = saidNow()): Promise<void> {
    const title = this.#desk.say("issued", { code: seen.title });
    const more = button("btn", this.#desk.say("one_more"), () => void this.#handOut(deed, seen, text));
    return this.#doer.one({ deed, code: text, kind: "out", title, acts: [more], said });
  }

  /** Show what the depot says of it, with what it offers or else with `otherwise`, and with `more`. */
  #show(seen: Look, drawing: string, otherwise: HTMLElement[] = this.#ways(seen), more: HTMLElement[] = []): void {
    const ways = seen.actions?.length ? this.#ways(seen) : otherwise;
    const tone = seen.tone ?? "plain";
    this.#tell(tone, drawing, seen.title || seen.code, seen.lines, [...ways, ...more], tone === "stop" ? "no" : "yes");
  }

  #ways({ actions, near, href }: Look): HTMLElement[] {
    const offered = [...(near ?? []), ...(actions ?? [])].map((act) => link("btn", act.text, act.href));
    return offered.length || !href ? offered : [link("btn", this.#desk.say("open"), href)];
  }

  #fill(code: string): HTMLAnchorElement {
    return link("btn", this.#desk.say("fill"), `/crates/${encodeURIComponent(code)}/fill`);
  }

  /** Nobody knows it. In a stream it is kept and asked about later; who only looks is asked. */
  async #unknown(seen: Look, text: string, symbology: string): Promise<void> {
    this.#doer.forget();
    if (seen.kind === "not_a_code") {
      return this.#tell("stop", "warn", this.#desk.say("not_ours", { text: text.slice(0, 60) }), seen.lines, [], "no");
    }
    const offered = this.#ways(seen);
    const ask = button("btn", this.#desk.say("unknown_ask"), () => void this.#keepUnknown(text, symbology));
    if (this.#context.act !== "look") return this.#keepUnknown(text, symbology, offered);
    this.#tell(seen.tone ?? "count", "warn", seen.code || text.slice(0, 60), seen.lines, [...offered, ask], "no");
  }

  /** No connection, and the list on this phone does not have it: keep it, whatever it is. */
  #notThere(text: string, symbology: string): void {
    if (this.#context.act !== "look") return void this.#keepUnknown(text, symbology);
    const ask = button("btn", this.#desk.say("unknown_ask"), () => void this.#keepUnknown(text, symbology));
    this.#tell("stop", "warn", this.#desk.say("no_answer"), [text.slice(0, 60)], [ask], "no");
  }

  async #keepUnknown(text: string, symbology: string, acts: HTMLElement[] = []): Promise<void> {
    const place = this.#context.act === "call" ? this.#context.place.name : "";
    const deed: Deed = { type: "unknown_scan", text, ...(symbology && { symbology }), ...(place && { place }) };
    const title = this.#desk.say("kept_unknown", { text: text.slice(0, 60) });
    await this.#doer.one({ deed, code: text, kind: "count", title, lines: [this.#desk.say("unknown_kept")], acts });
  }

  #tell(
    kind: "in" | "out" | "move" | "count" | "stop" | "plain",
    drawing: string,
    title: string,
    lines: string[] = [],
    acts: HTMLElement[] = [],
    tone?: "yes" | "again" | "no",
  ): void {
    this.#panel.show({ kind, drawing, title, lines, acts }, tone);
  }
}

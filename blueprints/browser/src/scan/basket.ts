// The basket: many crates are scanned first, then one act is done to all of them.
import { button, link, make, part, redraw } from "../common/dom.ts";
import type { AnswerPanel } from "./answer.ts";
import { placeChoices, question } from "./choosing.ts";
import { deedOf, type Context } from "./context.ts";
import type { Desk } from "./desk.ts";
import type { Doer, Doing } from "./done/doing.ts";

export class Basket {
  readonly #desk: Desk;
  readonly #panel: AnswerPanel;
  readonly #doer: Doer;
  #codes: string[];
  #isShown = false;

  constructor(desk: Desk, panel: AnswerPanel, doer: Doer) {
    this.#desk = desk;
    this.#panel = panel;
    this.#doer = doer;
    this.#codes = desk.remembered<string[]>("basket", []);
    for (const act of document.querySelectorAll<HTMLButtonElement>("[data-basket]")) {
      act.addEventListener("click", () => this.#pick(act.dataset["basket"] ?? ""));
    }
  }

  get size(): number {
    return this.#codes.length;
  }

  add(code: string): void {
    const isNew = !this.#codes.includes(code);
    if (isNew) this.#codes.unshift(code);
    this.#doer.forget();
    const title = this.#desk.say(isNew ? "collected" : "collected_already", { code });
    const lines = [this.#desk.say("basket", { n: this.size })];
    this.#panel.show({ kind: isNew ? "in" : "plain", drawing: isNew ? "plus" : "check", title, lines, acts: [this.#off(code)] }, isNew ? "yes" : "again");
    this.#list();
  }

  /** Show the basket while crates are collected, or as long as something is in it. */
  show(isCollecting: boolean): void {
    this.#isShown = isCollecting;
    this.#list();
  }

  /** A place or an event was scanned: it may be where all of them go. */
  offer(context: Context): void {
    const words = this.#wordsOf(context);
    if (!words) return;
    this.#doer.forget();
    const all = button(`btn main ${words.kind}`, words.offer, () => void this.#all(context));
    this.#panel.show({ kind: "plain", drawing: "crate", title: this.#desk.say("basket", { n: this.size }), acts: [all] }, "yes");
  }

  #wordsOf(context: Context): { kind: "move" | "out"; offer: string; done: string } | null {
    const n = this.size;
    if (context.act === "move" && context.target) {
      const { to } = context.target;
      return { kind: "move", offer: this.#desk.say("basket_move", { to }), done: this.#desk.say("basket_done_move", { n, to }) };
    }
    if (context.act !== "issue") return null;
    const event = context.event.name;
    return { kind: "out", offer: this.#desk.say("basket_issue", { event }), done: this.#desk.say("basket_done_issue", { n, event }) };
  }

  /** A link that brings all of them along to a page that asks for crates. */
  along(href: string): HTMLAnchorElement {
    const crates = encodeURIComponent([...this.#codes].reverse().join(","));
    const to = `${href}${href.includes("?") ? "&" : "?"}crates=${crates}`;
    const along = link("btn main move", this.#desk.say("basket_along", { n: this.size }), to);
    along.addEventListener("click", () => this.#clear());
    return along;
  }

  #pick(act: string): void {
    if (act === "clear") return this.#clear();
    if (act === "send") return this.along(this.#desk.address("send")).click();
    const choices = this.#choices(act);
    part("scan-basket-which").textContent = question(act);
    part("scan-basket-choices").replaceChildren(...choices);
    part("scan-basket-targets").hidden = false;
    (choices[0]?.querySelector("input") ?? choices[0])?.focus();
  }

  #choices(act: string): HTMLElement[] {
    const { places, events } = this.#desk;
    if (act === "issue") return events.map((event) => button("choice", event.name, () => void this.#all({ act, event })));
    if (act === "take_out") return this.#reasons();
    if (act === "tag") return this.#tags();
    return placeChoices(places, ({ name }) => void this.#all({ act: "move", target: { to: name, isCrate: false } }));
  }

  #reasons(): HTMLElement[] {
    const ready = part<HTMLTemplateElement>("scan-reasons").content.cloneNode(true) as DocumentFragment;
    const reasons = [...ready.querySelectorAll<HTMLButtonElement>("[data-reason]")];
    for (const reason of reasons) reason.addEventListener("click", () => void this.#takeOut(reason.dataset["reason"] ?? ""));
    return reasons;
  }

  #tags(): HTMLElement[] {
    const ready = part<HTMLTemplateElement>("scan-tags").content.cloneNode(true) as DocumentFragment;
    for (const known of ready.querySelectorAll<HTMLButtonElement>("[data-tag]")) {
      known.addEventListener("click", () => void this.#tag(known.dataset["tag"] ?? ""));
    }
    const form = ready.querySelector("form");
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      const word = form.querySelector("input")?.value.trim();
      if (word) void this.#tag(word);
    });
    return [...ready.children] as HTMLElement[];
  }

  async #tag(word: string): Promise<void> {
    const kind = "plain";
    const each = this.#codes.map((code): Doing => ({
      deed: { type: "tag", crate_codes: [code], add: [word] }, code, kind, title: this.#desk.say("tagged", { code, tag: word }),
    }));
    await this.#run(each, this.#desk.say("basket_done_tag", { n: this.size, tag: word }), kind);
  }

  async #all(context: Context): Promise<void> {
    const words = this.#wordsOf(context);
    if (!words) return;
    const each = this.#codes.flatMap((code): Doing[] => {
      const deed = deedOf(context, code);
      const title = context.act === "move" ? this.#desk.say("moved", { code, to: context.target?.to ?? "" }) : this.#desk.say("issued", { code });
      return deed ? [{ deed, code, kind: words.kind, title }] : [];
    });
    await this.#run(each, words.done, words.kind);
  }

  async #takeOut(reason: string): Promise<void> {
    const kind = "out";
    const each = this.#codes.map((code): Doing => ({
      deed: { type: "take_out", crate_code: code, reason }, code, kind, title: this.#desk.say("taken", { code }),
    }));
    await this.#run(each, this.#desk.say("basket_done_out", { n: this.size }), kind);
  }

  async #run(each: Doing[], title: string, kind: "move" | "out" | "plain"): Promise<void> {
    const [first] = each;
    if (!first) return;
    this.#clear();
    // Oldest first, so that the list of scans shows them in the order they were scanned.
    await this.#doer.all(each.reverse(), { ...first, title, kind });
  }

  #clear(): void {
    this.#codes = [];
    this.#list();
    part("scan-start").focus();
  }

  #off(code: string): HTMLButtonElement {
    const off = () => {
      this.#codes = this.#codes.filter((kept) => kept !== code);
      this.#list();
    };
    return button("btn small-btn", this.#desk.say("take_off"), off, this.#desk.say("take_off_of", { code }));
  }

  #list(): void {
    this.#desk.remember("basket", this.#codes);
    part("scan-basket").hidden = !this.#isShown && !this.size;
    part("scan-basket-acts").hidden = !this.size;
    part("scan-basket-targets").hidden = true;
    part("scan-basket-title").textContent = this.#desk.say("basket", { n: this.size });
    const rows = this.#codes.map((code) =>
      make("li", "row in", make("span", "kind"), make("div", "what", make("span", "code", code)), make("div", "side", this.#off(code))),
    );
    redraw(part("scan-basket-list"), ...rows);
  }
}

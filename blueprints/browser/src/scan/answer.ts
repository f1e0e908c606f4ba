// The last scan, in colour and large words, in the same place until the next.
import { icon, make, part, redraw, withCodes } from "../common/dom.ts";
import type { Sound, Tone } from "./sound.ts";

export type Kind = "in" | "out" | "move" | "count" | "stop" | "plain";

export interface Answer {
  kind: Kind;
  drawing: string;
  title: string;
  lines?: string[];
  acts?: HTMLElement[];
}

const TONES: Record<Tone, string> = { yes: "hit", again: "same", no: "wrong" };
const FLASH_MS = 350;

export class AnswerPanel {
  readonly #panel = part("scan-answer");
  readonly #said = part("scan-said");
  readonly #guide = part("scan-guide");
  readonly #sound: Sound;
  #flashing = 0;

  constructor(sound: Sound) {
    this.#sound = sound;
  }

  /** Show and say an answer; with a tone it is a new scan's, without it more about the last one. */
  show(answer: Answer, tone?: Tone): void {
    const lines = answer.lines?.filter(Boolean) ?? [];
    this.#panel.className = `scan-answer ${answer.kind}`;
    redraw(
      this.#panel,
      icon(answer.drawing) as Element,
      make("div", "what", make("b", "", withCodes(answer.title)), ...lines.map((line) => make("span", "", line))),
      ...(answer.acts?.length ? [make("div", "scan-acts", ...answer.acts)] : []),
    );
    this.#panel.hidden = false;
    this.#said.textContent = [answer.title, ...lines].join(". ");
    if (tone) this.#feel(tone);
  }

  /** Say something without a scan, such as that the camera is on. */
  say(sentence: string): void {
    this.#said.textContent = sentence;
  }

  #feel(tone: Tone): void {
    this.#sound.play(tone);
    this.#guide.dataset["felt"] = TONES[tone];
    clearTimeout(this.#flashing);
    this.#flashing = window.setTimeout(() => delete this.#guide.dataset["felt"], FLASH_MS);
  }
}

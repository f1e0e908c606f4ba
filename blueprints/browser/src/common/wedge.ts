// Hand scanners that type. They are keyboards to the browser; only their speed tells them apart from
// a person, who presses no six keys in a row less than 35 ms apart and then Enter.

/** Keys of one scan lie closer together than this; Bluetooth ones stutter. */
export const BETWEEN_KEYS_MS = 100;
/** On the average they are this close. */
export const MEAN_MS = 35;
/** What comes so soon after other letters may be the rest of something: half a code is worse than none. */
export const APART_MS = 400;
/** No code of ours or of goods is shorter. */
export const SHORTEST = 6;
const GROUP_SEPARATOR = "\u001d";

export interface Key {
  key: string;
  ctrl: boolean;
  /** Alt or the command key is down: a shortcut, never a scan. */
  other: boolean;
  at: number;
}

/** What a key meant: part of a burst that may be a scan, its end, or nothing to do with one. */
export type Heard = { scan: string } | "typing" | "nothing";

export class Wedge {
  #typed = "";
  #began = 0;
  #last = -Infinity;
  #isRest = false;

  /** Take one key; the answer is a whole text when it was the Enter or Tab at the end of a scan. */
  press({ key, ctrl, other, at }: Key): Heard {
    if (["Shift", "Control", "AltGraph", "CapsLock"].includes(key)) return "nothing";
    const letter = letterOf(key, ctrl);
    if (other || (letter === "" && key !== "Enter" && key !== "Tab")) return this.#drop();
    if (at - this.#last > BETWEEN_KEYS_MS) this.#typed = "";
    if (letter === "") return this.#end(at);
    if (this.#typed === "") this.#begin(at);
    this.#typed += letter;
    this.#last = at;
    return "typing";
  }

  /** Whether the next key would begin a burst: the moment to note how things stand. */
  isFirst(at: number): boolean {
    return this.#typed === "" || at - this.#last > BETWEEN_KEYS_MS;
  }

  #begin(at: number): void {
    this.#began = at;
    this.#isRest = at - this.#last <= APART_MS;
  }

  #end(at: number): Heard {
    const text = this.#typed;
    const mean = (at - this.#began) / Math.max(1, text.length);
    this.#typed = "";
    if (text.length < SHORTEST || mean > MEAN_MS || this.#isRest) return "nothing";
    this.#last = -Infinity;
    return { scan: withSeparators(text) };
  }

  #drop(): Heard {
    this.#typed = "";
    return "nothing";
  }
}

/** Return what a key types; scanners send GS1's separator as Ctrl+], as F8 or as the character itself. */
function letterOf(key: string, ctrl: boolean): string {
  if (key === "F8" || (ctrl && key === "]")) return GROUP_SEPARATOR;
  return !ctrl && [...key].length === 1 ? key : "";
}

/** Put GS1's separator where a scanner that cannot type it wrote a stand-in. */
export function withSeparators(text: string): string {
  return text.replace(/\{GS\}|<GS>|\[GS\]|\{FNC1\}|<FNC1>|\^\]|~d029|[\u241d\u00e8]/gi, GROUP_SEPARATOR);
}

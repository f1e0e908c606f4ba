// From what the decoder says of each frame to what counts as a scan. Knows no camera and no clock.
import type { Reading } from "../../common/reading.ts";

/** Out of sight for this long, the same code counts again. */
const GONE_MS = 2000;
/** Two frames of a one-dimensional code may lie this far apart and still agree. */
const AGREE_MS = 1000;

interface Claim {
  text: string;
  at: number;
}

export class Stream {
  #inView: Claim | null = null;
  #claim: Claim | null = null;

  /**
   * Take one frame's readings, nearest to the middle first, and return the one that is a new scan.
   * Only the nearest counts: of two labels in sight, one is aimed at.
   */
  frame(readings: readonly Reading[], now: number): Reading | null {
    const [aimed] = readings;
    if (!aimed) return null;
    if (this.#holds(aimed.text, now)) return null;
    if (aimed.linear && !this.#agrees(aimed.text, now)) return null;
    this.#claim = null;
    this.#inView = { text: aimed.text, at: now };
    return aimed;
  }

  /** Count what is in view once more: somebody asked for it. */
  again(): void {
    this.#inView = null;
  }

  #holds(text: string, now: number): boolean {
    const held = this.#inView;
    if (held?.text !== text || now - held.at > GONE_MS) return false;
    held.at = now;
    return true;
  }

  #agrees(text: string, now: number): boolean {
    const before = this.#claim;
    this.#claim = { text, at: now };
    return before?.text === text && now - before.at <= AGREE_MS;
  }
}

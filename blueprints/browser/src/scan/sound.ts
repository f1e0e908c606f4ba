// Three short sounds and three ways to shake, told apart without looking.
import { remember, remembered } from "../common/storage.ts";

export type Tone = "yes" | "again" | "no";

const KEY = "scan.sound";
/** Hertz and seconds, one after another: up, once low, down twice. */
const NOTES: Record<Tone, readonly (readonly [number, number])[]> = {
  yes: [[880, 0.06], [1320, 0.09]],
  again: [[520, 0.08]],
  no: [[240, 0.14], [0, 0.05], [190, 0.2]],
};
const SHAKES: Record<Tone, number[]> = { yes: [60], again: [25, 60, 25], no: [200, 80, 200] };

export class Sound {
  isOn = remembered(KEY, true);
  #context: AudioContext | null = null;

  toggle(): void {
    this.isOn = !this.isOn;
    remember(KEY, this.isOn);
    if (this.isOn) this.play("yes");
  }

  /** Browsers let a page sound only after a tap on it; this is called from one. */
  wake(): void {
    if (!this.isOn || typeof AudioContext === "undefined") return;
    this.#context ??= new AudioContext();
    void this.#context.resume();
  }

  play(tone: Tone): void {
    navigator.vibrate?.(SHAKES[tone]);
    if (!this.isOn) return;
    this.wake();
    if (this.#context) this.#notes(this.#context, NOTES[tone]);
  }

  #notes(context: AudioContext, notes: readonly (readonly [number, number])[]): void {
    let at = context.currentTime;
    for (const [hertz, seconds] of notes) {
      if (hertz) this.#note(context, hertz, at, seconds);
      at += seconds;
    }
  }

  #note(context: AudioContext, hertz: number, at: number, seconds: number): void {
    const tone = new OscillatorNode(context, { frequency: hertz, type: hertz < 300 ? "square" : "sine" });
    const loudness = new GainNode(context, { gain: 0 });
    // Swelling and fading for a hundredth of a second: without it the speaker clicks.
    loudness.gain.linearRampToValueAtTime(0.25, at + 0.01);
    loudness.gain.setValueAtTime(0.25, at + seconds - 0.01);
    loudness.gain.linearRampToValueAtTime(0, at + seconds);
    tone.connect(loudness).connect(context.destination);
    tone.start(at);
    tone.stop(at + seconds);
  }
}

// The screen stays lit while the camera looks: hands are full, and nobody touches it.

export class Awake {
  #lock: WakeLockSentinel | null = null;

  /** Browsers that cannot, and phones that save their battery, let the screen go dark as ever. */
  async hold(): Promise<void> {
    if (this.#lock && !this.#lock.released) return;
    this.#lock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
  }

  async release(): Promise<void> {
    const held = this.#lock;
    this.#lock = null;
    await held?.release();
  }
}

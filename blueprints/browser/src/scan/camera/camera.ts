// One camera stream, kept while the page is open; its frames go to the decoder as fast as that can read.
import type { FromDecoder, Reading, ToDecoder } from "../../common/reading.ts";
import { Awake } from "./awake.ts";
import { remember, remembered } from "../../common/storage.ts";

export type Trouble = "none" | "denied" | "busy" | "insecure" | "lost" | "decoder" | "failed";
export class CameraTrouble extends Error {
  readonly why: Trouble;

  constructor(why: Trouble, message = "") {
    super(message);
    this.why = why;
  }
}

interface Hooks {
  video: HTMLVideoElement;
  decoder: string;
  wasm: string;
  readings: (readings: Reading[]) => void;
  /** The stream ended by itself, or the decoder broke. */
  trouble: (trouble: CameraTrouble) => void;
}

const CHOSEN = "scan.camera";
/** The longer side of what is decoded: enough for three pixels a module at arm's length. */
const LONGEST = 1280;
/** Every so many frames are read thoroughly: slower, but it also finds what is faint or inverted. */
const THOROUGH_EVERY = 5;
const TROUBLES: Record<string, Trouble> = {
  NotFoundError: "none",
  OverconstrainedError: "none",
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotReadableError: "busy",
  AbortError: "busy",
};

export class Camera {
  readonly #hooks: Hooks;
  readonly #canvas = document.createElement("canvas");
  readonly #brush = this.#canvas.getContext("2d", { willReadFrequently: true });
  readonly #awake = new Awake();
  #stream: MediaStream | null = null;
  #decoder: Promise<Worker> | null = null;
  #isBusy = false;
  #isAwaited = false;
  #frames = 0;

  constructor(hooks: Hooks) {
    this.#hooks = hooks;
    document.addEventListener("visibilitychange", () => this.#pauseOrGoOn());
  }

  static get isThere(): boolean {
    return Boolean(navigator.mediaDevices?.getUserMedia);
  }

  get isOn(): boolean {
    return this.#stream !== null;
  }

  /** Ask for the camera, which a browser grants only after a tap. Raises CameraTrouble. */
  async start(device: string | null = remembered<string | null>(CHOSEN, null)): Promise<void> {
    if (!Camera.isThere) throw new CameraTrouble("insecure");
    this.stop();
    this.#decoder ??= this.#load();
    const [stream] = await Promise.all([this.#open(device), this.#decoder]);
    this.#stream = stream;
    this.#track?.addEventListener("ended", () => this.#lost());
    const { video } = this.#hooks;
    video.srcObject = stream;
    await video.play();
    void this.#awake.hold();
    this.#next();
  }

  stop(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    void this.#awake.release();
    this.#hooks.video.srcObject = null;
  }

  /** The cameras there are; their names are known once one of them was allowed. */
  async cameras(): Promise<MediaDeviceInfo[]> {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter(({ kind }) => kind === "videoinput");
  }

  get chosen(): string {
    return this.#track?.getSettings().deviceId ?? "";
  }

  async choose(device: string): Promise<void> {
    remember(CHOSEN, device);
    await this.start(device);
  }

  get hasLight(): boolean {
    const able = this.#track?.getCapabilities?.() as { torch?: boolean } | undefined;
    return Boolean(able?.torch);
  }

  async light(isOn: boolean): Promise<void> {
    await this.#track?.applyConstraints({ advanced: [{ torch: isOn } as MediaTrackConstraintSet] });
  }

  get #track(): MediaStreamTrack | undefined {
    return this.#stream?.getVideoTracks()[0];
  }

  async #open(device: string | null): Promise<MediaStream> {
    const size = { width: { ideal: 1920 }, height: { ideal: 1080 } };
    const which = device ? { deviceId: { exact: device } } : { facingMode: { ideal: "environment" } };
    try {
      return await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...size, ...which } });
    } catch (error) {
      const { name, message } = error as DOMException;
      // The camera chosen last time may be unplugged; any is better than none.
      if (device && TROUBLES[name] === "none") return this.#open(null);
      throw new CameraTrouble(TROUBLES[name] ?? "failed", message);
    }
  }

  #load(): Promise<Worker> {
    const worker = new Worker(this.#hooks.decoder);
    const ready = new Promise<Worker>((resolve, reject) => {
      const fail = (message: string) => {
        worker.terminate();
        this.#decoder = null;
        reject(new CameraTrouble("decoder", message));
      };
      worker.addEventListener("error", ({ message }) => fail(message));
      worker.addEventListener("message", ({ data }: MessageEvent<FromDecoder>) => {
        if ("ready" in data) resolve(worker);
        else if ("failed" in data) fail(data.failed);
        else this.#read(data.readings);
      });
    });
    worker.postMessage({ wasm: new URL(this.#hooks.wasm, location.href).href } satisfies ToDecoder);
    return ready;
  }

  #next(): void {
    const { video } = this.#hooks;
    if (!this.#stream || document.hidden || this.#isAwaited) return;
    this.#isAwaited = true;
    if ("requestVideoFrameCallback" in video) video.requestVideoFrameCallback(() => void this.#frame());
    else requestAnimationFrame(() => void this.#frame());
  }

  async #frame(): Promise<void> {
    this.#isAwaited = false;
    const decoder = await this.#decoder;
    if (!decoder || !this.#stream) return;
    const picture = this.#isBusy ? null : this.#picture();
    if (!picture) return this.#next();
    this.#isBusy = true;
    const { width, height, data } = picture;
    const thorough = ++this.#frames % THOROUGH_EVERY === 0;
    decoder.postMessage({ pixels: data.buffer, width, height, thorough } satisfies ToDecoder, [data.buffer]);
  }

  #read(readings: Reading[]): void {
    this.#isBusy = false;
    if (!this.#stream || document.hidden) return;
    this.#hooks.readings(readings);
    this.#next();
  }

  /** The middle of the frame, as much of it as the page shows, no larger than the decoder needs. */
  #picture(): ImageData | null {
    const { videoWidth, videoHeight, clientWidth, clientHeight } = this.#hooks.video;
    if (!videoWidth || !clientWidth || !this.#brush) return null;
    const shown = Math.min(videoWidth / clientWidth, videoHeight / clientHeight);
    const width = clientWidth * shown;
    const height = clientHeight * shown;
    const scale = Math.min(1, LONGEST / Math.max(width, height));
    const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
    if (this.#canvas.width !== w || this.#canvas.height !== h) Object.assign(this.#canvas, { width: w, height: h });
    this.#brush.drawImage(
      this.#hooks.video, (videoWidth - width) / 2, (videoHeight - height) / 2, width, height, 0, 0, w, h,
    );
    return this.#brush.getImageData(0, 0, w, h);
  }

  #lost(): void {
    this.stop();
    this.#hooks.trouble(new CameraTrouble("lost"));
  }

  #pauseOrGoOn(): void {
    const track = this.#track;
    if (!track) return;
    track.enabled = !document.hidden;
    if (!document.hidden) {
      void this.#hooks.video.play();
      void this.#awake.hold();
      this.#next();
    }
  }
}

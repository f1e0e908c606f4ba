// The camera's part of the page: start and stop, the light, which camera, and what is in the way.
import { part } from "../../common/dom.ts";
import type { Reading } from "../../common/reading.ts";
import type { AnswerPanel } from "../answer.ts";
import { Camera, CameraTrouble } from "./camera.ts";
import type { Desk } from "../desk.ts";
import type { Sound } from "../sound.ts";
import { Stream } from "./stream.ts";

export class Viewfinder {
  readonly #desk: Desk;
  readonly #panel: AnswerPanel;
  readonly #camera: Camera;
  readonly #stream = new Stream();
  readonly #start = part<HTMLButtonElement>("scan-start");
  readonly #light = part<HTMLButtonElement>("scan-light");
  readonly #which = part<HTMLSelectElement>("scan-which-camera");
  readonly #take: (text: string, symbology: string) => void;

  constructor(desk: Desk, panel: AnswerPanel, sound: Sound, take: (text: string, symbology: string) => void) {
    this.#desk = desk;
    this.#panel = panel;
    this.#take = take;
    this.#camera = new Camera({
      video: part<HTMLVideoElement>("scan-video"),
      decoder: desk.address("decoder"),
      wasm: desk.address("wasm"),
      readings: (readings) => this.#read(readings),
      trouble: (trouble) => this.#fail(trouble),
    });
    this.#start.hidden = !Camera.isThere;
    if (!Camera.isThere) this.#fail(new CameraTrouble(isSecureContext ? "none" : "insecure"));
    this.#start.addEventListener("click", () => {
      sound.wake();
      void this.#run(() => this.#camera.start());
    });
    part("scan-stop").addEventListener("click", () => this.#stop());
    this.#light.addEventListener("click", () => void this.#turnLight());
    this.#which.addEventListener("change", () => void this.#run(() => this.#camera.choose(this.#which.value)));
  }

  #read(readings: Reading[]): void {
    const scan = this.#stream.frame(readings, performance.now());
    if (!scan) return;
    performance.mark("scan", { detail: scan.text });
    this.#take(scan.text, scan.symbology);
  }

  async #run(start: () => Promise<void>): Promise<void> {
    performance.mark("camera-asked");
    this.#start.setAttribute("aria-disabled", "true");
    part("scan-trouble").hidden = true;
    part("scan-camera").hidden = false;
    try {
      await start();
      performance.mark("camera-started");
      this.#start.hidden = true;
      this.#panel.say(this.#desk.say("camera_ready"));
      this.#showLight(false);
      await this.#showCameras();
    } catch (error) {
      this.#fail(error instanceof CameraTrouble ? error : new CameraTrouble("failed", String(error)));
    } finally {
      this.#start.removeAttribute("aria-disabled");
    }
  }

  #stop(): void {
    this.#camera.stop();
    this.#stream.again();
    part("scan-camera").hidden = true;
    this.#start.hidden = false;
    this.#start.focus();
  }

  #fail({ why, message }: CameraTrouble): void {
    this.#camera.stop();
    part("scan-camera").hidden = true;
    this.#start.hidden = !Camera.isThere;
    const name = why === "decoder" ? "decoder_failed" : `camera_${why}`;
    part("scan-trouble-words").textContent = this.#desk.say(name, { why: message });
    part("scan-trouble").hidden = false;
  }

  #showLight(isOn: boolean): void {
    this.#light.hidden = !this.#camera.hasLight;
    this.#light.setAttribute("aria-pressed", String(isOn));
  }

  async #turnLight(): Promise<void> {
    const isOn = this.#light.getAttribute("aria-pressed") !== "true";
    await this.#camera.light(isOn);
    this.#showLight(isOn);
  }

  async #showCameras(): Promise<void> {
    const cameras = await this.#camera.cameras();
    const options = cameras.map(({ label, deviceId }, at) => {
      const name = label || this.#desk.say("camera_number", { n: at + 1 });
      return new Option(name, deviceId, false, deviceId === this.#camera.chosen);
    });
    this.#which.replaceChildren(...options);
    this.#which.hidden = cameras.length < 2;
  }
}

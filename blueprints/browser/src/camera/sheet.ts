// The camera over any page: opened beside a code field, it reads into that field and stops when it is closed.
import type { Reading } from "../common/reading.ts";
import { Words, type Spoken } from "../common/words.ts";
import { Camera, CameraTrouble } from "../scan/camera/camera.ts";
import { Sound } from "../scan/sound.ts";
import { Stream } from "../scan/camera/stream.ts";
import { putCode, type CodeField } from "../wedge/fields.ts";

/** What is being read into. */
interface Wanted {
  field: CodeField;
  /** It goes on after a code: a list of them is wanted. */
  isMany: boolean;
}

class CameraSheet {
  readonly #dialog: HTMLDialogElement;
  readonly #words: Words;
  readonly #camera: Camera;
  readonly #sound = new Sound();
  #stream = new Stream();
  #wanted: Wanted | null = null;

  constructor(template: HTMLTemplateElement) {
    this.#words = new Words(JSON.parse(template.dataset["words"] ?? "{}") as Record<string, Spoken>, document.documentElement.lang || "en");
    this.#dialog = within<HTMLDialogElement>(template.content.cloneNode(true) as DocumentFragment, "dialog");
    document.body.append(this.#dialog);
    this.#camera = new Camera({
      video: within<HTMLVideoElement>(this.#dialog, "video"),
      decoder: template.dataset["decoder"] ?? "",
      wasm: template.dataset["wasm"] ?? "",
      readings: (readings) => this.#read(readings),
      trouble: (trouble) => this.#fail(trouble),
    });
    within(this.#dialog, "[data-close]").addEventListener("click", () => this.#dialog.close());
    within(this.#dialog, "[data-light]").addEventListener("click", () => void this.#turnLight());
    this.#which.addEventListener("change", () => void this.#run(() => this.#camera.choose(this.#which.value)));
    // Esc and the back button close it too; however it closes, nothing is filmed any more.
    this.#dialog.addEventListener("close", () => this.#camera.stop());
    this.#dialog.addEventListener("click", (event) => event.target === this.#dialog && this.#dialog.close());
    addEventListener("pagehide", () => this.#camera.stop());
  }

  open(wanted: Wanted): void {
    this.#wanted = wanted;
    this.#stream = new Stream();
    this.#sound.wake();
    this.#dialog.showModal();
    void this.#run(() => this.#camera.start());
  }

  async #run(start: () => Promise<void>): Promise<void> {
    this.#dialog.classList.remove("in-trouble");
    try {
      await start();
    } catch (error) {
      return this.#fail(error instanceof CameraTrouble ? error : new CameraTrouble("failed", String(error)));
    }
    // closed while the browser was asking whether the camera is allowed
    if (!this.#dialog.open) return this.#camera.stop();
    this.#say("ready");
    this.#showLight(false);
    await this.#showCameras();
  }

  #read(readings: Reading[]): void {
    const scan = this.#stream.frame(readings, performance.now());
    if (!scan || !this.#wanted) return;
    const { field, isMany } = this.#wanted;
    performance.mark("scan", { detail: scan.text });
    const isAgain = isMany && field.value.split("\n").includes(scan.text);
    this.#sound.play(isAgain ? "again" : "yes");
    this.#say(isAgain ? "again" : "read", { code: scan.text });
    if (isMany) {
      putCode(field, scan.text);
      return within(this.#dialog, "[data-close]").focus();
    }
    // closed first: the browser gives the focus back to the button, and then the field takes it
    this.#dialog.close();
    putCode(field, scan.text);
  }

  #fail({ why, message }: CameraTrouble): void {
    this.#camera.stop();
    this.#dialog.classList.add("in-trouble");
    this.#say(why === "decoder" ? "decoder_failed" : `camera_${why}`, { why: message });
    this.#sound.play("no");
  }

  #say(name: string, values: Record<string, string> = {}): void {
    within(this.#dialog, "[data-said]").textContent = this.#words.say(name, values);
  }

  get #which(): HTMLSelectElement {
    return within(this.#dialog, "[data-which]");
  }

  #showLight(isOn: boolean): void {
    const light = within(this.#dialog, "[data-light]");
    light.hidden = !this.#camera.hasLight;
    light.setAttribute("aria-pressed", String(isOn));
  }

  async #turnLight(): Promise<void> {
    const isOn = within(this.#dialog, "[data-light]").getAttribute("aria-pressed") !== "true";
    await this.#camera.light(isOn);
    this.#showLight(isOn);
  }

  async #showCameras(): Promise<void> {
    const cameras = await this.#camera.cameras();
    const options = cameras.map(({ label, deviceId }, at) =>
      new Option(label || this.#words.say("camera_number", { n: at + 1 }), deviceId, false, deviceId === this.#camera.chosen),
    );
    this.#which.replaceChildren(...options);
    this.#which.hidden = cameras.length < 2;
  }
}

/** Show the camera's button beside each code field, where this device may have one. */
export function offerCamera(): void {
  const template = document.querySelector<HTMLTemplateElement>("#camera-sheet");
  if (!template || !Camera.isThere) return;
  let sheet: CameraSheet | null = null;
  const show = (): void => document.querySelectorAll<HTMLElement>("[data-camera]").forEach((button) => { button.hidden = false; });
  show();
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-camera]") : null;
    const field = button && document.getElementById(button.dataset["camera"] ?? "");
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
    sheet ??= new CameraSheet(template);
    sheet.open({ field, isMany: "many" in (button?.dataset ?? {}) });
  });
}

function within<T extends HTMLElement = HTMLElement>(place: ParentNode, which: string): T {
  const found = place.querySelector<T>(which);
  if (!found) throw new Error(`the sheet has no ${which}`);
  return found;
}

// The scan page: puts its parts together.
import { part } from "../common/dom.ts";
import { outbox } from "../outbox/api.ts";
import { storedList } from "../outbox/known.ts";
import { listen } from "../wedge/listen.ts";
import { AnswerPanel } from "./answer.ts";
import { Basket } from "./basket.ts";
import { Choosing } from "./choosing.ts";
import { Desk } from "./desk.ts";
import { Doer } from "./done/doing.ts";
import { readPhotos } from "./camera/photo.ts";
import type { Listed } from "./calling.ts";
import { RollCall } from "./rollcall.ts";
import { Scanner } from "./scanner.ts";
import { Sound } from "./sound.ts";
import { Viewfinder } from "./camera/viewfinder.ts";

function typedCodes(take: (text: string) => void): void {
  const form = part<HTMLFormElement>("scan-typed");
  const field = part<HTMLInputElement>("f-code");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) take(field.value);
    field.value = "";
    field.focus();
  });
  listen((text) => {
    field.value = "";
    take(text);
    return true;
  });
}

function soundSwitch(desk: Desk, sound: Sound): void {
  const toggle = part<HTMLButtonElement>("scan-sound");
  const show = () => {
    toggle.setAttribute("aria-pressed", String(sound.isOn));
    const words = toggle.querySelector("span");
    if (words) words.textContent = desk.say(sound.isOn ? "sound_on" : "sound_off");
  };
  toggle.addEventListener("click", () => {
    sound.toggle();
    show();
  });
  toggle.hidden = false;
  show();
}

/** The list on this phone, for a roll-call without a connection. */
async function listedCrates(): Promise<{ at: number; crates: Listed[] } | null> {
  const list = await storedList(outbox);
  if (!list) return null;
  const crates = list.crates.map(([code, boxNumber, state, place, goods]) => ({ code, boxNumber, state, place, goods }));
  return { at: Date.parse(list.at), crates };
}

/** A label that a phone's own camera opened without a connection comes along behind the address; it is taken once. */
function carriedCode(take: (text: string) => void): void {
  const carried = /^#(\/[cpe]\/.+)$/i.exec(location.hash)?.[1];
  if (!carried) return;
  history.replaceState(null, "", location.pathname + location.search);
  take(decodeURI(carried));
}

const desk = new Desk();
const sound = new Sound();
const panel = new AnswerPanel(sound);
const doer = new Doer(desk, panel);
const basket = new Basket(desk, panel, doer);
const rollCall = new RollCall(desk, panel, doer, listedCrates);
const parts = { desk, panel, doer, basket, rollCall };
const scanner = new Scanner(parts, (made) => new Choosing(desk, (context) => made.become(context)));
const take = (text: string, symbology = "") => scanner.take(text, symbology);
new Viewfinder(desk, panel, sound, take);
typedCodes(take);
carriedCode(take);
readPhotos(desk, panel, take);
soundSwitch(desk, sound);
part("scan").classList.add("ready");

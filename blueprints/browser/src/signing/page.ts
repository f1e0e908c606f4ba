// Signing on the screen with a finger, a pen or a mouse. Without this, and without a hand for it, the code signs.
import { inside, Strokes, type Point } from "./strokes.ts";

const INK = "#000";
const WIDTH = 3;

function sign(field: HTMLElement): void {
  const canvas = field.querySelector("canvas");
  const kept = field.querySelector<HTMLInputElement>("input[name=signature]");
  const brush = canvas?.getContext("2d");
  if (!canvas || !kept || !brush) return;
  const strokes = new Strokes();
  const at = (event: PointerEvent): Point => inside(canvas.getBoundingClientRect(), canvas, { x: event.clientX, y: event.clientY });
  Object.assign(brush, { lineWidth: WIDTH, lineCap: "round", lineJoin: "round", strokeStyle: INK });

  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    strokes.begin(at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    const line = strokes.move(at(event));
    if (!line) return;
    brush.beginPath();
    brush.moveTo(line[0].x, line[0].y);
    brush.lineTo(line[1].x, line[1].y);
    brush.stroke();
  });
  for (const lifted of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(lifted, () => {
      strokes.end();
      kept.value = strokes.isDrawn ? canvas.toDataURL("image/png") : "";
    });
  }
  field.querySelector("[data-clear]")?.addEventListener("click", () => {
    strokes.clear();
    brush.clearRect(0, 0, canvas.width, canvas.height);
    kept.value = "";
  });
  field.hidden = false;
}

document.querySelectorAll<HTMLElement>("[data-signing]").forEach(sign);

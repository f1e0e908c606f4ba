// A signature as lines between points, apart from the page that it is drawn on.

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What was drawn: each stroke is where the pen was, one place after another. */
export class Strokes {
  #strokes: Point[][] = [];
  #open = false;

  /** The pen comes down. */
  begin(at: Point): void {
    this.#strokes.push([at]);
    this.#open = true;
  }

  /** The pen moves: return the line that it draws, or nothing while it is up. */
  move(to: Point): readonly [Point, Point] | null {
    const stroke = this.#strokes.at(-1);
    const from = stroke?.at(-1);
    if (!this.#open || !stroke || !from) return null;
    stroke.push(to);
    return [from, to];
  }

  /** The pen is lifted. */
  end(): void {
    this.#open = false;
  }

  clear(): void {
    this.#strokes = [];
    this.#open = false;
  }

  /** Whether anything was drawn that is more than a touch. */
  get isDrawn(): boolean {
    return this.#strokes.some((stroke) => stroke.length > 2);
  }
}

/** Where in a picture of that size a place on the screen is, whatever size it is shown at. */
export function inside(shown: { left: number; top: number; width: number; height: number }, size: { width: number; height: number }, at: Point): Point {
  return {
    x: ((at.x - shown.left) / shown.width) * size.width,
    y: ((at.y - shown.top) / shown.height) * size.height,
  };
}

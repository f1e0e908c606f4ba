// How large a photo is sent: smaller than it was taken, larger than it is kept.

/** The longer side, in pixels. */
const LONGEST = 1024;

export type Size = { width: number; height: number };

/** Return the size to draw a photo in: as it is where it is small already. */
export function sentSize({ width, height }: Size): Size {
  const times = Math.min(1, LONGEST / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * times)), height: Math.max(1, Math.round(height * times)) };
}

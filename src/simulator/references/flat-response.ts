/** Rings that dust throws on the detector; place and radius in sides of the detector. */
const rings = [
  { x: 0.22, y: 0.31, radius: 0.035, depth: 0.03 },
  { x: 0.71, y: 0.18, radius: 0.022, depth: 0.045 },
  { x: 0.55, y: 0.77, radius: 0.05, depth: 0.02 },
  { x: 0.86, y: 0.64, radius: 0.03, depth: 0.035 },
] as const;

/** Width of a ring relative to its radius. */
const thickness = 0.35;

/** The smooth part of the response of a detector; `x` and `y` from 0 to 1. */
export function flatResponse(x: number, y: number): number {
  const [across, up] = [2 * x - 1, 2 * y - 1];
  let response =
    1.01 + 0.015 * across - 0.012 * up - 0.03 * (across * across + up * up) + 0.02 * across * up;
  for (const ring of rings) {
    const [dx, dy] = [x - ring.x, y - ring.y];
    const squared = (dx * dx + dy * dy) / (ring.radius * ring.radius);
    if (squared > (1 + thickness) ** 2) continue;
    const off = (Math.sqrt(squared) - 1) / thickness;
    if (off > -1) response -= ring.depth * (1 - off * off);
  }
  return response;
}

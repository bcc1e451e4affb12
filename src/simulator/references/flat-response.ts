/** Rings that dust throws on the detector; place and radius in sides of the detector. */
const rings = [
  { x: 0.22, y: 0.31, radius: 0.035, depth: 0.03 },
  { x: 0.71, y: 0.18, radius: 0.022, depth: 0.045 },
  { x: 0.55, y: 0.77, radius: 0.05, depth: 0.02 },
  { x: 0.86, y: 0.64, radius: 0.03, depth: 0.035 },
] as const;

/** Width of a ring relative to its radius. */
const thickness = 0.35;

/** The smooth part of the response along line `y` of a detector of this size, relative to the mean. */
export function flatResponse(
  { width, height }: { readonly width: number; readonly height: number },
  y: number,
): (x: number) => number {
  const up = (2 * y) / height - 1;
  const near = rings.filter(
    (ring) => Math.abs(y / height - ring.y) <= ring.radius * (1 + thickness),
  );
  return (x) => {
    const across = (2 * x) / width - 1;
    const bowl = 0.03 * (across * across + up * up);
    let response = 1.01 + 0.015 * across - 0.012 * up - bowl + 0.02 * across * up;
    for (const ring of near) response -= shadow(ring, x / width - ring.x, y / height - ring.y);
    return response;
  };
}

/** What a ring takes at a place relative to its middle. */
function shadow({ radius, depth }: (typeof rings)[number], dx: number, dy: number): number {
  const squared = (dx * dx + dy * dy) / (radius * radius);
  if (squared > (1 + thickness) ** 2 || squared < (1 - thickness) ** 2) return 0;
  const off = (Math.sqrt(squared) - 1) / thickness;
  return depth * (1 - off * off);
}

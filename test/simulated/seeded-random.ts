/** A sequence of numbers that looks random and is the same for the same seed. */
export interface SeededRandom {
  /** From 0 up to but not including 1. */
  uniform(): number;
  /** Of mean 0 and standard deviation 1. */
  normal(): number;
}

/**
 * Starts a sequence. Source: xorshift32, G. Marsaglia, Journal of Statistical Software 8 (14), 2003; normal values by the sum of
 * twelve uniform ones.
 */
export function seededRandom(seed: number): SeededRandom {
  // Spreads small seeds over all bits; zero is the one state that xorshift never leaves.
  let state = Math.imul(seed + 1, 0x9e3779b1) | 0 || 1;
  const uniform = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return {
    uniform,
    normal: () => Array.from({ length: 12 }, uniform).reduce((sum, value) => sum + value, -6),
  };
}

import type { Detector } from './detector.ts';

const frame = { width: 4144, height: 2068 };

/** The Wide Field Channel after Servicing Mission 4: two chips, two amplifiers each. */
export const wfc: Detector = {
  name: 'WFC',
  chips: [
    { number: 2, frame, light: { x: 24, y: 0, width: 4096, height: 2048 } },
    { number: 1, frame, light: { x: 24, y: 20, width: 4096, height: 2048 } },
  ],
  amplifiers: {
    A: { gain: 2.02, readNoise: 4.35, level: 2530 },
    B: { gain: 1.886, readNoise: 3.75, level: 2545 },
    C: { gain: 2.017, readNoise: 4.05, level: 2480 },
    D: { gain: 2.0109, readNoise: 5.05, level: 2510 },
  },
  dark: 0.011,
  hotPixels: 0.004,
  fullWell: 80_000,
  badColumns: 8,
  cosmicRays: 3e-6,
  scale: 1.39e-5,
  starWidth: 1.3,
  stars: { count: 3000, faintest: 0.5, brightest: 6000 },
  sky: 0.06,
};

import type { Detector } from './detector.ts';

/** The High Resolution Channel, read by amplifier C as a whole. */
export const hrc: Detector = {
  name: 'HRC',
  chips: [
    {
      number: 1,
      frame: { width: 1062, height: 1044 },
      light: { x: 19, y: 0, width: 1024, height: 1024 },
    },
  ],
  amplifiers: { C: { gain: 2.216, readNoise: 4.74, level: 2500 } },
  dark: 0.0036,
  hotPixels: 0.002,
  fullWell: 155_000,
  badColumns: 3,
  cosmicRays: 1.5e-6,
  scale: 7.1e-6,
  starWidth: 1.5,
  stars: { count: 500, faintest: 0.4, brightest: 3000 },
  sky: 0.03,
};

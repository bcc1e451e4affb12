import type { Detector } from './detector.ts';

/** The Solar Blind Channel: a photon-counting detector without amplifiers, bias or cosmic rays. */
export const sbc: Detector = {
  name: 'SBC',
  chips: [
    {
      number: 1,
      frame: { width: 1024, height: 1024 },
      light: { x: 0, y: 0, width: 1024, height: 1024 },
    },
  ],
  amplifiers: {},
  dark: 8e-6,
  hotPixels: 0,
  fullWell: 0,
  badColumns: 2,
  cosmicRays: 0,
  scale: 9e-6,
  starWidth: 1.7,
  stars: { count: 120, faintest: 0.05, brightest: 40 },
  sky: 0.02,
};

import type { AcsRun } from './context.ts';
import type { Switches } from './switches.ts';

/** Whether a step of ACSCCD is to be done. */
export function usesCcd(switches: Switches): boolean {
  return [switches.DQICORR, switches.ATODCORR, switches.BIASCORR, switches.BLEVCORR].includes(
    'PERFORM',
  );
}

/** Whether a step of ACS2D is to be done. */
export function uses2d(switches: Switches): boolean {
  const { GLINCORR, LFLGCORR, DARKCORR, FLSHCORR, FLATCORR, SHADCORR, PHOTCORR } = switches;
  return [GLINCORR, LFLGCORR, DARKCORR, FLSHCORR, FLATCORR, SHADCORR, PHOTCORR].includes('PERFORM');
}

/** That steps with references are asked for but the overscan, which does not fit them, is to stay. */
export function warnAboutOverscan(run: AcsRun, switches: Switches): void {
  const { BIASCORR, DARKCORR, FLSHCORR, FLATCORR, SHADCORR, PCTECORR } = switches;
  const others = [BIASCORR, DARKCORR, FLSHCORR, FLATCORR, SHADCORR, PCTECORR];
  if (switches.BLEVCORR !== 'OMIT' || !others.includes('PERFORM')) return;
  run.trailer.warning('For science file, should do BLEVCORR to remove overscan');
  run.trailer.message('before doing other steps that use reference images.');
}

/** The program and version whose products are reproduced to the bit. */
export const equivalentProgram = 'calacs';
/** As calacs writes it into CAL_VER and its trailers. */
export const equivalentVersion = '10.5.0 (16-Mar-2026)';

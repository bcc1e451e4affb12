/**
 * The wavelength that the name of a filter tells, in ångström: `F606W`, `F850LP`, `FQ508N` and `FR914M` hold tens of nanometres less the
 * last digit, infrared ones (`F160W`) hundreds of ångström. Of several names the first that tells counts.
 *
 * @param options.infrared - whether it is a filter of an infrared detector.
 * @returns undefined for clear positions, polarizers, prisms and grisms.
 * @example
 * filterWavelength('F435W;CLEAR2L', { infrared: false }); // 4350
 */
export function filterWavelength(
  names: string,
  options: { readonly infrared: boolean },
): number | undefined {
  const [digits] = names
    .split(/[^A-Za-z0-9]+/)
    .flatMap((name) => /^F[QR]?(\d{3,4})[A-Z]{1,2}\d?$/i.exec(name)?.[1] ?? []);
  if (digits === undefined) return undefined;
  return Number(digits) * (options.infrared ? 100 : 10);
}

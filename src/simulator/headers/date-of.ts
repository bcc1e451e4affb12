/** Date and time of a Modified Julian Date, as DATE-OBS and TIME-OBS tell them. */
export function dateOf(modifiedJulianDate: number): readonly [date: string, time: string] {
  const milliseconds = Math.round((modifiedJulianDate - 40_587) * 86_400) * 1000;
  const text = new Date(milliseconds).toISOString();
  return [text.slice(0, 10), text.slice(11, 19)];
}

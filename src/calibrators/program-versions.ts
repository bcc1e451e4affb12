import { stat } from 'node:fs/promises';
import type { StageProgram } from '../instruments/instrument.ts';
import { definedVariables } from './defined-variables.ts';
import { findProgram } from './find-program.ts';
import { programVersion } from './program-version.ts';

/** Versions that were asked for once, by path and time of the program's file: a program that is replaced is asked again. */
export type VersionCache = Map<string, string>;

/** The version of each program, `absent` for one that is not on PATH and `unknown` for one that does not tell. */
export async function programVersions(
  stages: readonly StageProgram[],
  options: {
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly cache: VersionCache;
    readonly signal: AbortSignal;
  },
): Promise<Readonly<Record<string, string>>> {
  const versions: Record<string, string> = {};
  for (const stage of stages) versions[stage.program] = await versionOf(stage, options);
  return versions;
}

async function versionOf(
  { program, version: source }: StageProgram,
  options: Parameters<typeof programVersions>[1],
): Promise<string> {
  const { environment, cache, signal } = options;
  const path = await findProgram(program, { path: environment['PATH'] ?? '' });
  if (path === undefined) return 'absent';
  const { mtimeNs } = await stat(path, { bigint: true });
  const key = `${path}\0${mtimeNs}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const asked = { source, environment: definedVariables(environment), signal };
  const version = await programVersion(path, asked);
  cache.set(key, version);
  return version;
}

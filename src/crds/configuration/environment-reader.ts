import { crdsError } from '../crds-error.ts';

/** Environment variables, as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads variables; empty ones count as absent. */
export interface EnvironmentReader {
  readonly text: (name: string) => string | undefined;
  readonly boolean: (name: string, otherwise: boolean) => boolean;
  /** Checks that a variable, where it is set, has one of the values that this version knows. */
  readonly oneOf: (name: string, values: readonly string[]) => void;
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['0', false],
  ['f', false],
  ['false', false],
  ['1', true],
  ['t', true],
  ['true', true],
]);

/**
 * Makes a reader of environment variables.
 *
 * @throws CaldpError `CRDS_CONFIG_INVALID` from `boolean` and `oneOf`, naming the variable.
 */
export function environmentReader(environment: Environment): EnvironmentReader {
  const text = (name: string): string | undefined => environment[name]?.trim() || undefined;
  return {
    text,
    boolean: (name, otherwise) => {
      const value = text(name)?.toLowerCase();
      return value === undefined ? otherwise : (booleans.get(value) ?? invalid(name, value, bools));
    },
    oneOf: (name, values) => {
      const value = text(name)?.toLowerCase();
      if (value !== undefined && !values.includes(value)) invalid(name, value, values);
    },
  };
}

const bools = [...booleans.keys()];

function invalid(name: string, value: string, values: readonly string[]): never {
  throw crdsError('CRDS_CONFIG_INVALID', {
    message: `The environment variable \`${name}\` is \`${value}\`; expected one of ${values.map((known) => `\`${known}\``).join(', ')}.`,
    advice: `Set \`${name}\` to one of these values, or unset it.`,
  });
}

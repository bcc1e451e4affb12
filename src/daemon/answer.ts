/** What a route answers. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** An answer for programs. */
export function json(value: unknown, { status = 200 }: { readonly status?: number } = {}): Answer {
  const body = `${JSON.stringify(value)}\n`;
  return { status, type: 'application/json; charset=utf-8', body };
}

/** An answer as plain text. */
export function text(body: string, { status = 200 }: { readonly status?: number } = {}): Answer {
  return { status, type: 'text/plain; charset=utf-8', body };
}

/** For what is not there. */
export const notFound: Answer = json({ error: 'There is nothing here.' }, { status: 404 });

import { CaldpError } from '../errors/caldp-error.ts';
import type { WaitingDataset } from '../sources/source-health.ts';
import { json, notFound, text, type Answer } from './answer.ts';
import type { DatasetBoard } from './dataset-board.ts';
import { logTail, readShownFile, shownFiles, type PublishedPlace } from './dataset-files.ts';
import { datasetPage } from './dataset-list.ts';
import type { Metrics } from './metrics.ts';
import { readiness, type ReadinessTools } from './readiness.ts';
import { pageFile } from './status-page.ts';

/** What the routes show. */
export interface RouteTools {
  readonly board: DatasetBoard;
  readonly metrics: Metrics;
  readonly readiness: ReadinessTools;
  readonly place: PublishedPlace;
  readonly version: string;
  /** Seconds by which the event loop was late at most since the last question. */
  readonly eventLoopDelay: () => number;
}

const mostWaiting = 500;

/** Answers a GET request; nothing that can be asked changes anything. */
export async function answer(url: URL, tools: RouteTools): Promise<Answer> {
  const [first = '', second = '', third = '', ...rest] = url.pathname.slice(1).split('/');
  if (first === 'api' && second === 'datasets' && third !== '') {
    return datasetAnswer(third, { rest, tools });
  }
  switch (url.pathname) {
    case '/healthz':
      return json({ status: 'ok', version: tools.version, eventLoopDelay: tools.eventLoopDelay() });
    case '/readyz':
      return readyAnswer(tools);
    case '/metrics':
      return metricsAnswer(tools);
    case '/api/datasets':
      return json(datasetPage(tools.board, url.searchParams));
    case '/api/source':
      return sourceAnswer(tools);
    default:
      return (await pageFile(url.pathname)) ?? notFound;
  }
}

async function readyAnswer(tools: RouteTools): Promise<Answer> {
  const checks = await readiness(tools.readiness);
  const ready = checks.every(({ ok }) => ok);
  return json({ ready, checks }, { status: ready ? 200 : 503 });
}

async function metricsAnswer(tools: RouteTools): Promise<Answer> {
  const checks = await readiness(tools.readiness);
  const body = tools.metrics.render({
    health: tools.readiness.source.health(),
    ready: checks.every(({ ok }) => ok),
    eventLoopDelay: tools.eventLoopDelay(),
  });
  return { ...text(body), type: 'text/plain; version=0.0.4; charset=utf-8' };
}

async function sourceAnswer({ readiness: tools, version }: RouteTools): Promise<Answer> {
  const { source, guard, store, shutdown } = tools;
  const waiting: readonly WaitingDataset[] = source.waiting();
  const health = source.health();
  return json({
    ...health,
    name: guard.name,
    output: store.uri,
    version,
    draining: shutdown.draining.aborted,
    problems: [...health.problems, ...(await guard.check())],
    waiting: waiting.slice(0, mostWaiting),
  });
}

async function datasetAnswer(
  id: string,
  { rest, tools }: { readonly rest: readonly string[]; readonly tools: RouteTools },
): Promise<Answer> {
  const kept = tools.board.get(id);
  if (kept === undefined) return notFound;
  const { dataset, seen, log } = kept;
  const [what, ...name] = rest;
  if (what === undefined) {
    const files = seen.state === 'published' ? await shownFiles(dataset, tools.place) : [];
    return json({ ...seen, files });
  }
  if (what === 'log' && name.length === 0) {
    const tail = await logTail(dataset, { ...tools.place, log });
    return tail === undefined ? notFound : text(tail);
  }
  if (what !== 'files') return notFound;
  const file = await readShownFile(dataset, { ...tools.place, name: decoded(name.join('/')) });
  return file === undefined ? notFound : { status: 200, ...file };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // URIError: it names nothing.
    return '';
  }
}

/** What went wrong inside, without what is nobody's business. */
export function failureAnswer(error: unknown): Answer {
  const message = error instanceof CaldpError ? error.message : 'Something unexpected happened.';
  return json({ error: message }, { status: 500 });
}

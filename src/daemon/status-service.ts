import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { MessageTree } from '../sinks/message-tree.ts';
import type { Telemetry } from '../streams/telemetry.ts';
import { DatasetBoard } from './dataset-board.ts';
import type { PublishedPlace } from './dataset-files.ts';
import { summaryOf } from './dataset-list.ts';
import { EventFeed } from './event-feed.ts';
import { listen, type HttpAddress, type HttpServer } from './http-server.ts';
import { Metrics } from './metrics.ts';
import type { ReadinessTools } from './readiness.ts';
import { answer } from './routes.ts';

/** What the status service watches and shows. */
export interface StatusTools {
  readonly telemetry: Telemetry;
  readonly messages: MessageTree;
  readonly place: PublishedPlace;
  readonly readiness: ReadinessTools;
  readonly version: string;
  readonly onError: (error: unknown) => void;
}

/** Milliseconds between two looks at the source for those who listen. */
const sourcePace = 1000;

/**
 * Starts to listen and to watch the pipeline. What an earlier run left in the message tree is read in the background, up to what
 * the board holds.
 */
export async function startStatus(address: HttpAddress, tools: StatusTools): Promise<HttpServer> {
  const { telemetry, readiness, place, version, onError } = tools;
  const [board, metrics, feed] = [new DatasetBoard(), new Metrics(), new EventFeed()];
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const eventLoopDelay = (): number => {
    const seconds = delay.max / 1e9;
    delay.reset();
    return seconds;
  };
  const routes = { board, metrics, readiness, place, version, eventLoopDelay };
  const server = await listen(address, { feed, onError, answer: (url) => answer(url, routes) });
  const subscription = telemetry.events.subscribe((event) => {
    metrics.take(event);
    const dataset = board.take(event);
    if (dataset !== undefined) feed.send('dataset', summaryOf(dataset));
  });
  const timer = setInterval(() => {
    const { counts, problems, mode } = readiness.source.health();
    feed.send('state', { counts: board.counts, source: { counts, problems, mode } });
  }, sourcePace).unref();
  void rememberAll(board, tools.messages).catch(onError);
  return {
    url: server.url,
    close: async () => {
      clearInterval(timer);
      subscription.unsubscribe();
      delay.disable();
      await server.close();
    },
  };
}

async function rememberAll(board: DatasetBoard, messages: MessageTree): Promise<void> {
  for await (const { dataset, state } of messages.list()) {
    if (board.isFull) return;
    board.remember(dataset, state);
  }
}

import { boardStates, type BoardDataset, type BoardState } from './board-dataset.ts';
import type { DatasetBoard } from './dataset-board.ts';

/** A row of the table. */
export type BoardSummary = Omit<BoardDataset, 'timeline'> & { readonly steps: number };

/** One page of datasets. */
export interface DatasetPage {
  readonly counts: Readonly<Record<BoardState, number>>;
  /** How many there are on all pages. */
  readonly total: number;
  readonly offset: number;
  readonly datasets: readonly BoardSummary[];
}

const mostOnPage = 500;

/**
 * The page that a query asks for: `state` and `search` (letters of the name) filter, `offset` and `limit` (default 100, at most 500)
 * choose; the newest come first. What makes no sense counts as not given.
 */
export function datasetPage(board: DatasetBoard, query: URLSearchParams): DatasetPage {
  const state = boardStates.find((each) => each === query.get('state'));
  const search = (query.get('search') ?? '').trim().toLowerCase();
  const found = board
    .list()
    .filter((each) => (state === undefined || each.state === state) && each.id.includes(search));
  const offset = numberOf(query.get('offset'), 0);
  const limit = Math.min(numberOf(query.get('limit'), 100), mostOnPage);
  const datasets = found.slice(offset, offset + limit).map(summaryOf);
  return { counts: board.counts, total: found.length, offset, datasets };
}

/** A dataset without its timeline, which only says how many steps there were. */
export function summaryOf(dataset: BoardDataset): BoardSummary {
  const { timeline, ...summary } = dataset;
  return { ...summary, steps: timeline.length };
}

function numberOf(text: string | null, otherwise: number): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : otherwise;
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SimulatedDataset } from '../../simulator/simulate.ts';
import { compareWithTruth, isRecovered } from '../../simulator/truth/compare-with-truth.ts';
import { table } from './table.ts';

/** How calibrated images compare with what was simulated. */
export interface TruthReport {
  readonly text: string;
  /** Whether all were made and give the truth back within their errors. */
  readonly isRight: boolean;
}

interface Row {
  readonly cells: readonly string[];
  readonly isRight: boolean;
}

const head = ['calibrated', 'pixels', 'median residual', 'scatter / error', 'beyond 5 errors', ''];

/** Compares the calibrated image of each dataset, wherever it is below `products`, with the truth. */
export async function truthReport(
  datasets: readonly SimulatedDataset[],
  { products }: { readonly products: string },
): Promise<TruthReport> {
  const entries = await readdir(products, { recursive: true, withFileTypes: true });
  const rows = datasets.map((dataset) => {
    const found = entries.find(({ name }) => name === dataset.calibrated);
    return found === undefined ? missing(dataset) : compared(dataset, found.parentPath);
  });
  const cells = table([head, ...rows.map((row) => row.cells)], { width: 120 });
  return {
    text: `Calibrated minus true sky, good pixels:\n${cells}`,
    isRight: rows.every(({ isRight }) => isRight),
  };
}

function missing({ calibrated }: SimulatedDataset): Row {
  return { cells: [calibrated, '', '', '', '', 'was not made'], isRight: false };
}

function compared({ calibrated, truth }: SimulatedDataset, folder: string): Row {
  const comparison = compareWithTruth(join(folder, calibrated), { truth });
  const { fraction, medianResidual, spread, outliers } = comparison;
  const isRight = isRecovered(comparison);
  const cells = [
    calibrated,
    `${(100 * fraction).toFixed(1)} %`,
    `${medianResidual.toFixed(3)} electrons`,
    spread.toFixed(3),
    `${(100 * outliers).toFixed(3)} %`,
    isRight ? 'the truth is recovered' : 'NOT what was simulated',
  ];
  return { cells, isRight };
}

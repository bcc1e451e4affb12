import sharp from 'sharp';
import { describeForColor } from '../color/describe-for-color.ts';
import { pixelMemory } from '../image/pixel-memory.ts';
import type { PreviewAnswer, PreviewTask } from './preview-task.ts';
import { problemOf } from './problem-of.ts';
import { runPreviewJob } from './run-preview-job.ts';

// Every worker encodes one picture at a time: more threads, or a cache of pictures, would only take memory from the others.
sharp.concurrency(1);
sharp.cache(false);

// A worker does one job after another, and ends when it has had none for a while.
const memory = pixelMemory();

/** The function that preview threads run. Never rejects. */
export async function runPreviewTask(task: PreviewTask): Promise<PreviewAnswer> {
  if (task.kind === 'job')
    return { kind: 'report', report: await runPreviewJob(task.job, { memory }) };
  try {
    return { kind: 'described', source: describeForColor(task.path) };
  } catch (error) {
    return { kind: 'problem', problem: problemOf(error, { sources: [task.path] }) };
  }
}

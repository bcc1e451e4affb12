import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { calcloudLayout } from '../../src/sinks/calcloud-layout.ts';
import type { Layout } from '../../src/sinks/layout.ts';
import { treeLayout } from '../../src/sinks/tree-layout.ts';
import { crashFolders } from '../helpers/crash-run.ts';
import { namesBelow } from '../helpers/names-below.ts';
import { pipelineTools, runPipeline } from '../helpers/run-pipeline.ts';

const good = 'j8zz02a1q';

interface Names {
  readonly layout: Layout;
  readonly calacs: string;
  readonly names: readonly string[];
}

const names = test.macro(
  async (t: ExecutionContext, { layout, calacs, names: expected }: Names) => {
    const folders = await crashFolders(t, [good]);
    await runPipeline([good], await pipelineTools(folders, { layout, calacs }));
    const found = await namesBelow(join(folders.output, 'messages'));
    t.deepEqual(
      found.filter((name) => name.includes(good)),
      expected,
    );
  },
);

// The README of CALDP told of one tree of messages and its code wrote another. Here the tree is what the README told, and
// what the code wrote is a layout of its own.
test('C6: the tree has a folder for each state', names, {
  layout: treeLayout,
  calacs: 'copies-raws',
  names: [`dataset-processed/${good}`],
});
test('C6: the tree has a folder for errors', names, {
  layout: treeLayout,
  calacs: 'ends-with-65',
  names: [`dataset-error/${good}`],
});
test('C6: the layout of CALCLOUD has triggers', names, {
  layout: calcloudLayout,
  calacs: 'copies-raws',
  names: [`processed-${good}.trigger`],
});
test('C6: the layout of CALCLOUD has flat errors', names, {
  layout: calcloudLayout,
  calacs: 'ends-with-65',
  names: [`error-${good}`],
});

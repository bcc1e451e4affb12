/**
 * The layer rule: arrows point down the list of `docs/architecture.md`, never up, and never in a circle.
 * A folder may import itself and the folders after it. `streams` has two places: the pipeline sentence is made of operators,
 * everything else in it is what operators are made of, and the rule against circles keeps the two apart.
 */
const layers = [
  ['cli'],
  ['report'],
  ['daemon'],
  ['streams/(pipeline|create-tools)'],
  ['operators', 'sources', 'sinks', 'streams/(?!pipeline|create-tools)'],
  ['stores', 'inputs', 'calibrators', 'crds', 'previews', 'config', 'simulator'],
  ['instruments'],
  ['fits', 'hst'],
  ['system'],
  ['ports'],
  ['errors'],
];
const folder = (names) => `^src/(${names.join('|')})`;

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^src/index\\.ts$'] },
      to: {},
    },
    ...layers.slice(1).map((names, index) => ({
      name: `${names.join('-').replace(/\W+/g, '-')}-imports-nothing-above`,
      severity: 'error',
      from: { path: folder(names) },
      to: { path: folder(layers.slice(0, index + 1).flat()) },
    })),
    {
      name: 'fits-and-hst-stand-alone',
      severity: 'error',
      comment:
        '`fits` knows nothing of ours; `hst` reads association tables and so knows `fits` only.',
      from: { path: '^src/fits/' },
      to: { path: '^src/', pathNot: '^src/fits/' },
    },
    {
      name: 'hst-knows-only-fits',
      severity: 'error',
      from: { path: '^src/hst/' },
      to: { path: '^src/', pathNot: '^src/(hst|fits)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};

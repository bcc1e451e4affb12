/** The style sheet of the report: light and dark as the reader's system is, readable on paper and on a telephone. */
export const style = `
:root { color-scheme: light dark; --paper: #fbfbf9; --card: #fff; --ink: #1c1e21; --soft: #5b6169; --line: #d9dbde;
  --good: #17703a; --odd: #8a5a00; --bad: #b3201f; --quiet: #5b6169; --link: #0b57a4;
  --claim: #b9bec5; --stage: #6b9bd1; --refs: #58a89c; --calibrate: #c7803a; --preview: #9a7bc0; --publish: #5d8f4e; }
@media (prefers-color-scheme: dark) { :root { --paper: #15171a; --card: #1d2024; --ink: #e7e8ea; --soft: #a2a8b0; --line: #363a40;
  --good: #6fcf8e; --odd: #e3b24c; --bad: #ff8a85; --quiet: #a2a8b0; --link: #8cbcf0; --claim: #5a6068; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font: 600 1.05rem/1.4 ui-monospace, monospace; margin: 0; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; } p { margin: .25rem 0; }
a { color: var(--link); } code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
.aside, .time { color: var(--soft); } .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
dl.counts { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; }
dl.counts div { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .4rem .9rem; }
dl.counts dt { color: var(--soft); font-size: .85rem; } dl.counts dd { margin: 0; font-size: 1.4rem; font-weight: 600; }
ul.legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; margin: 0; padding: 0; font-size: .85rem; color: var(--soft); }
.dataset { background: var(--card); border: 1px solid var(--line); border-left: .35rem solid var(--line); border-radius: .5rem;
  margin: 1rem 0; padding: .75rem 1rem; }
.dataset.good { border-left-color: var(--good); } .dataset.bad { border-left-color: var(--bad); } .dataset.odd { border-left-color: var(--odd); }
summary { cursor: pointer; display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; }
summary::before { content: '▸'; color: var(--soft); } details[open] > summary::before { content: '▾'; }
summary::-webkit-details-marker { display: none; } summary:focus-visible, a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.state { font-weight: 600; } .state.good { color: var(--good); } .state.bad { color: var(--bad); } .state.odd { color: var(--odd); }
.state.quiet { color: var(--quiet); }
.timeline { flex: 1 0 100%; width: 100%; height: 14px; margin-top: .35rem; } .rail { fill: var(--line); }
.error { border: 1px solid var(--bad); border-radius: .4rem; padding: .25rem 1rem .75rem; margin: .75rem 0; }
.gallery { display: flex; flex-wrap: wrap; gap: 1rem; } figure { margin: 0; }
figure img { display: block; width: 9rem; height: 9rem; object-fit: contain; background: #000; border-radius: .3rem; image-rendering: auto; }
figcaption { font: .8rem ui-monospace, monospace; color: var(--soft); max-width: 9rem; overflow-wrap: anywhere; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: .5rem 2rem; align-items: start; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0; font-size: .9rem; }
caption { text-align: left; font-weight: 600; padding-bottom: .25rem; }
th, td { text-align: left; padding: .15rem .75rem .15rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody th { font: inherit; font-family: ui-monospace, monospace; font-size: .85rem; overflow-wrap: anywhere; }
thead th { color: var(--soft); font-weight: 400; } td.number { padding-right: 0; } thead th:last-child:not(:first-child) { text-align: right; padding-right: 0; }
tbody td:last-child { text-align: right; padding-right: 0; } tbody th p { font-family: system-ui, sans-serif; margin-left: 1.1rem; }
.swatch { display: inline-block; width: .7rem; height: .7rem; border-radius: .15rem; margin-right: .4rem; background: currentColor; }
.stage-claim, .stage-admit, .stage-skip-finished, .stage-acknowledge { color: var(--claim); fill: var(--claim); }
.stage-stage { color: var(--stage); fill: var(--stage); } .stage-assign-references { color: var(--refs); fill: var(--refs); }
.stage-calibrate { color: var(--calibrate); fill: var(--calibrate); } .stage-preview { color: var(--preview); fill: var(--preview); }
.stage-publish { color: var(--publish); fill: var(--publish); } tbody th[scope=row] { color: var(--ink); }
@media print { body { max-width: none; } .dataset { break-inside: avoid; } }
`;

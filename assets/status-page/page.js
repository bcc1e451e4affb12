// The status page: reads what the daemon serves and follows its events. Text is only ever set as text, never as markup.

const pageSize = 100;
const states = ['processing', 'published', 'failed', 'skipped', 'interrupted'];
const words = {
  processing: 'under way',
  published: 'published',
  failed: 'failed',
  skipped: 'skipped',
  interrupted: 'interrupted',
};
const view = { state: undefined, search: '', offset: 0, datasets: [], total: 0, open: undefined };

const find = (id) => document.getElementById(id);

function element(name, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

/** A sentence in which names stand between backticks. */
function prose(text) {
  const [first, ...rest] = text.split('`');
  const parts = rest.map((part, index) =>
    index % 2 === 0 && index + 1 < rest.length ? element('code', { text: part }) : part,
  );
  return element('span', {}, first, ...parts);
}

async function read(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

/** Reads what is asked for again and again; undefined where a later question has overtaken this one. */
function latestReader() {
  let newest = 0;
  return async (path) => {
    newest += 1;
    const turn = newest;
    const answer = await read(path);
    return turn === newest ? answer : undefined;
  };
}

function duration(milliseconds) {
  if (milliseconds === undefined) return '';
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function moment(iso) {
  const date = new Date(iso);
  const today = date.toDateString() === new Date().toDateString();
  const shown = today ? date.toLocaleTimeString() : date.toLocaleString();
  return element('time', { datetime: iso, title: date.toISOString(), text: shown });
}

function stateCell(state) {
  return element('span', { class: `state ${state}`, text: words[state] ?? state });
}

function whatToKnow({ error, reason, warnings, location }) {
  if (error !== undefined) return `${error.message} [${error.code}]`;
  return warnings[0] ?? reason ?? location ?? '';
}

function row(dataset) {
  const open = element('button', { type: 'button', class: 'name', text: dataset.id });
  open.addEventListener('click', () => show(dataset.id));
  const cells = [
    element('th', { scope: 'row' }, open),
    element('td', {}, stateCell(dataset.state)),
    element('td', { text: dataset.state === 'published' ? '' : (dataset.stage ?? '') }),
    element('td', {}, moment(dataset.since)),
    element('td', { text: duration(dataset.milliseconds) }),
    element('td', {}, prose(whatToKnow(dataset))),
  ];
  return element('tr', { 'data-id': dataset.id }, ...cells);
}

function matches(dataset) {
  const wanted = view.state === undefined || dataset.state === view.state;
  return wanted && dataset.id.includes(view.search);
}

function draw() {
  const focused = document.activeElement?.closest('tr')?.dataset.id;
  find('rows').replaceChildren(...view.datasets.map(row));
  if (focused !== undefined) {
    find('rows')
      .querySelector(`[data-id="${CSS.escape(focused)}"] button`)
      ?.focus();
  }
  find('empty').hidden = view.datasets.length > 0;
  const last = view.offset + view.datasets.length;
  find('shown').textContent =
    view.datasets.length === 0 ? '' : `${view.offset + 1} to ${last} of ${view.total}`;
  find('newer').hidden = view.offset === 0;
  find('older').hidden = last >= view.total;
}

function drawCounts(counts) {
  const group = find('counts');
  for (const state of states) {
    let button = group.querySelector(`[data-state="${state}"]`);
    if (button === null) {
      button = element(
        'button',
        { type: 'button', class: state, 'data-state': state, 'aria-pressed': 'false' },
        element('strong', { text: '0' }),
        stateCell(state),
      );
      button.addEventListener('click', () => filter(state));
      group.append(button);
    }
    button.querySelector('strong').textContent = String(counts[state]);
  }
}

async function filter(state) {
  view.state = view.state === state ? undefined : state;
  view.offset = 0;
  for (const button of find('counts').children) {
    button.setAttribute('aria-pressed', String(button.dataset.state === view.state));
  }
  await load();
}

const readList = latestReader();

async function load() {
  const query = new URLSearchParams({ offset: view.offset, limit: pageSize, search: view.search });
  if (view.state !== undefined) query.set('state', view.state);
  const page = await readList(`/api/datasets?${query}`);
  if (page === undefined) return;
  Object.assign(view, { datasets: page.datasets, total: page.total });
  drawCounts(page.counts);
  draw();
}

function note(problem, kind) {
  return element(
    'div',
    { class: `note ${kind}`, role: 'alert' },
    element('p', {}, prose(problem.message)),
    element('p', {}, prose(`${problem.advice} [${problem.code}]`)),
  );
}

/** Milliseconds after which what is incomplete is read again: another dataset, or another reason, may have taken a place in the list. */
const sourceAge = 5000;
const readSource = latestReader();
let sourceRead = 0;

async function loadSource() {
  sourceRead = Date.now();
  const source = await readSource('/api/source');
  if (source === undefined) return;
  find('route').textContent = `${source.name} → ${source.output}`;
  find('version').textContent =
    `caldp ${source.version} · ${source.mode === 'poll' ? 'polling' : 'told of changes'}, ` +
    `scan every ${duration(source.interval)}, ${source.counts.files} files`;
  const { problems } = source;
  find('problems').hidden = problems.length === 0;
  find('problems').replaceChildren(...problems.map((problem) => note(problem, 'waiting')));
  const items = source.waiting.map(({ id, since, reason }) =>
    element('li', {}, element('code', { text: id }), ' since ', moment(since), ': ', prose(reason)),
  );
  const none = element('li', { text: 'Everything that arrived is complete.' });
  find('waiting').replaceChildren(...(items.length === 0 ? [none] : items));
}

function facts(dataset) {
  const list = element('dl');
  const add = (name, value) => {
    if (value === undefined || value === '') return;
    list.append(element('dt', { text: name }), element('dd', {}, value));
  };
  add('State', stateCell(dataset.state));
  add('Since', moment(dataset.since));
  add('Took', duration(dataset.milliseconds));
  add('Attempt', dataset.attempt === undefined ? '' : String(dataset.attempt));
  add('Where', dataset.location);
  add('Why', dataset.reason === undefined ? undefined : prose(dataset.reason));
  for (const warning of dataset.warnings) add('Warning', prose(warning));
  return list;
}

function timeline(steps) {
  const longest = Math.max(1, ...steps.map(({ milliseconds = 0 }) => milliseconds));
  return element(
    'ol',
    { class: 'timeline' },
    ...steps.map(({ stage, milliseconds, retries }) => {
      const bar = element('meter', { min: 0, max: longest, value: milliseconds ?? 0 });
      bar.setAttribute('aria-label', `Time in ${stage}`);
      const time = milliseconds === undefined ? 'under way' : duration(milliseconds);
      const again = retries.map((text) =>
        element('span', { class: 'retry', text: `Again: ${text}` }),
      );
      return element(
        'li',
        {},
        element('span', { text: stage }),
        bar,
        element('span', { text: time }),
        ...again,
      );
    }),
  );
}

function previews(id, files) {
  const images = files.filter(({ name }) => /\.(jpg|png)$/.test(name));
  const thumbs = images.filter(({ name }) => /_thumb\.|thumbnail/.test(name));
  const shown = thumbs.length > 0 ? thumbs : images;
  return shown.map(({ name }) => {
    const path = (each) =>
      `/api/datasets/${id}/files/${each.split('/').map(encodeURIComponent).join('/')}`;
    const large = name.replace(/_thumb(?=\.)/, '');
    const target = images.some((image) => image.name === large) ? large : name;
    const short = target.split('/').at(-1);
    const image = element('img', { src: path(name), alt: `Preview ${short}`, loading: 'lazy' });
    const link = element('a', { href: path(target), target: '_blank', rel: 'noreferrer' }, image);
    return element('figure', {}, link, element('figcaption', { text: short }));
  });
}

async function show(id) {
  view.open = id;
  const dataset = await read(`/api/datasets/${id}`);
  const log = await fetch(`/api/datasets/${id}/log`);
  const parts = [facts(dataset)];
  if (dataset.error !== undefined) parts.unshift(note(dataset.error, 'failed'));
  if (dataset.timeline.length > 0) {
    parts.push(element('h3', { text: 'Timeline' }), timeline(dataset.timeline));
  }
  const images = previews(id, dataset.files);
  if (images.length > 0) {
    parts.push(element('h3', { text: 'Previews' }), element('div', { class: 'thumbs' }, ...images));
  }
  if (log.ok) {
    const text = await log.text();
    const attributes = { text, tabindex: '0', role: 'region', 'aria-label': 'End of the log' };
    parts.push(element('h3', { text: 'End of the log' }), element('pre', attributes));
  }
  find('detail-title').textContent = id;
  find('detail-body').replaceChildren(...parts);
  if (!find('detail').open) find('detail').showModal();
}

function follow(dataset) {
  const index = view.datasets.findIndex(({ id }) => id === dataset.id);
  if (index >= 0) view.datasets.splice(index, 1);
  if (matches(dataset) && view.offset === 0) {
    view.datasets.unshift(dataset);
    if (index < 0) view.total += 1;
    view.datasets.length = Math.min(view.datasets.length, pageSize);
  } else if (index >= 0 && !matches(dataset)) {
    view.total -= 1;
  }
  scheduleDraw();
  if (view.open === dataset.id && find('detail').open) void show(dataset.id);
}

let drawing = false;
function scheduleDraw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    draw();
  });
}

function connect() {
  const events = new EventSource('/api/events');
  events.addEventListener('open', () => {
    find('connection').textContent = 'Live';
    void load();
    void loadSource();
  });
  events.addEventListener('error', () => {
    find('connection').textContent = 'Connection lost; trying again …';
  });
  events.addEventListener('dataset', ({ data }) => follow(JSON.parse(data)));
  let sourceState = '';
  events.addEventListener('state', ({ data }) => {
    const { counts, source } = JSON.parse(data);
    drawCounts(counts);
    const now = JSON.stringify([source.counts.waiting, source.problems]);
    const isOld = source.counts.waiting > 0 && Date.now() - sourceRead > sourceAge;
    if (now !== sourceState || isOld) void loadSource();
    sourceState = now;
  });
}

find('search').addEventListener('input', ({ target }) => {
  view.search = target.value.trim().toLowerCase();
  view.offset = 0;
  void load();
});
find('older').addEventListener('click', () => {
  view.offset += pageSize;
  void load();
});
find('newer').addEventListener('click', () => {
  view.offset = Math.max(0, view.offset - pageSize);
  void load();
});
find('close').addEventListener('click', () => find('detail').close());
find('detail').addEventListener('close', () => {
  view.open = undefined;
});
connect();

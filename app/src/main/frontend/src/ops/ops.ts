/** The operations screen: answers first, then the list and the map as equals. */
import { address, read } from '../lib/api.ts';
import { borders, coverageClass } from '../lib/coverage.ts';
import { all, find, get, icon, isNarrow, make } from '../lib/dom.ts';
import { onKey } from '../lib/keys.ts';
import { age, counted, moment, percent, text } from '../lib/texts.ts';
import { toast } from '../lib/toasts.ts';
import { communityCard, hubCard } from './card.ts';
import { List, type Row } from './list.ts';
import { OpsMap, mapBroken } from './map.ts';
import { shapeOf, share } from './parts.ts';
import {
  type Filters,
  type View,
  around,
  changedSince,
  hasNothing,
  inView,
  isStuck,
  matching,
  noFilters,
  runsOut,
} from './state.ts';
import type { Board, Card, Community, Hub, Layer } from './types.ts';

type OpsRow = Row & ({ readonly community: Community } | { readonly hub: Hub });

const page = get('main.ops');
const listBox = get('.ops-list', page);
const cardBox = get('.card', page);
const search = find<HTMLInputElement>('.bar-search input');
const followMap = get<HTMLInputElement>('#follow-map', page);
const seenKey = `musubi:ops-seen:${document.body.dataset['base'] ?? ''}`;

const filters: Filters = noFilters();
let board: Board | null = null;
let hubs: readonly Hub[] = [];
let map: OpsMap | null = null;
let view: View | null = null;
let tab: 'communities' | 'hubs' = 'communities';
let stuckOnly = false;
let openId: string | null = null;
let chosenId: string | null = null;
let loading: AbortController | null = null;
const seen = Number(localStorage.getItem(seenKey)) || null;
const names = new Map<string, string>();

const list = new List<OpsRow>(listBox, render, { choose, open });

void start();

async function start(): Promise<void> {
  restoreFromAddress();
  wire();
  keys();
  legend();
  try {
    const [layers] = await Promise.all([read<Layer[]>('/api/v1/layers'), load(true)]);
    startMap(layers);
    layerPanel(layers);
  } catch (e) {
    problem(e);
  }
  if (openId) {
    await openById(openId);
  }
  setInterval(() => void load(false).catch(problem), 60_000);
  addEventListener('pagehide', () => board && localStorage.setItem(seenKey, String(Date.parse(board.asOf))));
}

async function load(first: boolean): Promise<void> {
  loading?.abort();
  loading = new AbortController();
  const query = new URLSearchParams();
  for (const name of ['item', 'priority', 'within'] as const) {
    if (filters[name]) {
      query.set(name, filters[name]);
    }
  }
  listBox.setAttribute('aria-busy', 'true');
  const words = query.toString();
  const [nextBoard, nextHubs] = await Promise.all([
    read<Board>(`/api/v1/communities${words ? `?${words}` : ''}`, loading.signal),
    read<Hub[]>('/api/v1/hubs', loading.signal),
  ]);
  board = nextBoard;
  hubs = nextHubs;
  names.clear();
  for (const municipality of board.municipalities) {
    names.set(municipality.code, municipality.name);
  }
  if (first) {
    choices(board);
  }
  listBox.removeAttribute('aria-busy');
  refresh();
}

function problem(e: unknown): void {
  if (!(e instanceof DOMException && e.name === 'AbortError')) {
    listBox.removeAttribute('aria-busy');
    toast(e instanceof Error ? e.message : String(e), 'danger');
  }
}

/** Everything that follows from what is loaded and chosen. */
function refresh(): void {
  if (!board) {
    return;
  }
  const now = Date.parse(board.now);
  const matched = matching(board, filters, seen, code => names.get(code) ?? code);
  const limit = followMap.checked && map ? view : null;
  const shown = limit ? matched.filter(c => inView(c, limit)) : matched;
  const shownHubs = hubs
    .filter(h => (!stuckOnly || isStuck(h, now)) && (!limit || inView(h, limit)))
    .filter(h => filters.prefecture === '' || h.municipality.startsWith(filters.prefecture))
    .sort((a, b) => Number(isStuck(b, now)) - Number(isStuck(a, now)) || (b.idle ?? 0) - (a.idle ?? 0) || a.id - b.id);
  map?.show(matched, hubs);
  list.show(
    tab === 'hubs'
      ? shownHubs.map(hub => ({ id: `h${hub.id}`, hub }))
      : shown.map(community => ({ id: `c${community.id}`, community })),
    chosenId,
  );
  answers(board, now);
  const [count, all] = tab === 'hubs' ? [shownHubs.length, hubs.length] : [shown.length, board.communities.length];
  get('.ops-count', page).textContent = text(`ops.count.${tab}`, count, all);
  empty(count, all);
  const unplaced = matched.filter(c => c.lat === null || c.lon === null);
  const foot = get('.ops-foot', page);
  foot.hidden = unplaced.length === 0;
  get('.ops-unplaced', foot).textContent = counted('ops.unplaced', unplaced.length);
  chosenFilters();
}

function answers(loaded: Board, now: number): void {
  const communities = loaded.communities;
  const nothing = communities.filter(hasNothing);
  const next = communities
    .filter(c => runsOut(c, now))
    .sort((a, b) => Date.parse(a.deadline ?? '') - Date.parse(b.deadline ?? ''));
  const changed = communities.filter(c => changedSince(c, seen));
  const stuck = hubs.filter(h => isStuck(h, now));
  const worst = [...nothing].sort((a, b) => b.urgency - a.urgency)[0];
  const soonest = next[0];
  if (communities.length === 0) {
    for (const name of ['nothing', 'next', 'stuck', 'changed']) {
      answer(name, 0, text('ops.answer.no-data'));
    }
    return;
  }
  answer('nothing', nothing.length, worst ? `${worst.name} (${names.get(worst.municipality) ?? ''})` : text('ops.answer.nothing.none'));
  answer(
    'next',
    next.length,
    soonest?.deadline
      ? `${soonest.worst ? `${soonest.worst.item} · ` : ''}${moment(soonest.deadline)}`
      : text('ops.answer.next.none'),
  );
  answer('stuck', stuck.length, stuck[0] ? stuck[0].name : text('ops.answer.stuck.none'));
  answer(
    'changed',
    changed.length,
    seen === null ? text('ops.answer.changed.first') : text('ops.answer.changed.since', age(seen, Date.parse(loaded.asOf))),
  );
}

function answer(name: string, count: number, detail: string): void {
  const button = get(`[data-answer="${name}"]`, page);
  const figure = get('.answer-figure', button);
  figure.textContent = counted(`ops.answer.${name}.figure`, count);
  figure.classList.toggle('bad', count > 0 && name !== 'changed');
  get('.answer-detail', button).textContent = detail;
  button.setAttribute('aria-pressed', String(name === 'stuck' ? stuckOnly : filters.answer === name));
}

function render(row: OpsRow): Node[] {
  const now = board ? Date.parse(board.now) : Date.now();
  if ('hub' in row) {
    const { hub } = row;
    return [
      icon('hub', 'shape'),
      make('span', { class: 'row-name' }, hub.name),
      make('span', { class: hub.state === 'WORKING' ? 'tag ok' : 'tag warn' }, text(`ops.hub.${hub.state}`)),
      make('span', { class: 'row-line' }, make('span', { class: 'clip' }, hub.place)),
      make(
        'span',
        { class: 'row-line' },
        make('span', { class: 'clip' }, hub.lots === null || hub.idle === null ? text('ops.hub.stock.unknown') : text('ops.hub.stock', hub.lots, hub.idle)),
        hub.idleSince !== null &&
          make('span', { class: isStuck(hub, now) ? 'danger-text' : '' }, text('ops.hub.oldest', age(hub.idleSince, now))),
      ),
    ];
  }
  const c = row.community;
  const known = c.needs === 0 ? null : c.share;
  const late = c.deadline !== null && runsOut(c, now);
  return [
    shapeOf(c.kind, coverageClass(known)),
    make('span', { class: 'row-name' }, c.name),
    share(known),
    make(
      'span',
      { class: 'row-line' },
      make(
        'span',
        { class: 'clip' },
        [
          names.get(c.municipality) ?? '',
          text(`ops.kind.${c.kind}`),
          c.people === null ? text('ops.people.unknown') : text('ops.people', c.people),
        ].join(' · '),
      ),
      c.deadline !== null &&
        make('span', { class: late ? 'danger-text' : '' }, text('ops.deadline', moment(c.deadline))),
    ),
    make(
      'span',
      { class: 'row-line' },
      make(
        'span',
        { class: 'clip' },
        c.worst ? text('ops.worst', c.worst.item, percent(c.worst.share)) : text(c.needs === 0 ? 'ops.needs.none' : 'ops.needs.covered'),
      ),
      c.estimate && make('span', { class: 'tag estimate' }, text('ops.estimate')),
      c.derived && make('span', { class: 'tag derived' }, text('ops.derived')),
      make(
        'span',
        { class: c.stale ? 'old' : '' },
        c.word === null ? text('ops.word.none') : text('ops.word', age(c.word, now)),
      ),
    ),
  ];
}

function empty(count: number, all: number): void {
  const box = get('.ops-empty', page);
  box.hidden = count > 0;
  listBox.hidden = count === 0;
  if (count > 0) {
    return;
  }
  const nothingLoaded = all === 0;
  const outside = !nothingLoaded && followMap.checked;
  get('h2', box).textContent = text(nothingLoaded ? `ops.empty.${tab}` : 'ops.empty.filtered');
  get('p', box).textContent = text(
    nothingLoaded ? `ops.empty.${tab}.why` : outside ? 'ops.empty.outside.why' : 'ops.empty.filtered.why',
  );
  const next = get<HTMLAnchorElement>('a', box);
  next.hidden = !nothingLoaded;
  get('button', box).hidden = nothingLoaded;
}

function choose(row: OpsRow): void {
  chosenId = row.id;
  const place = 'hub' in row ? row.hub : row.community;
  map?.select(place, 'hub' in row);
}

function open(row: OpsRow): void {
  choose(row);
  void openById(row.id);
}

async function openById(id: string): Promise<void> {
  const now = board ? Date.parse(board.now) : Date.now();
  const number = Number(id.slice(1));
  try {
    if (id.startsWith('h')) {
      const hub = hubs.find(each => each.id === number);
      if (!hub) {
        return;
      }
      map?.select(hub, true);
      showCard(id, hubCard(hub, now));
    } else {
      const card = await read<Card>(`/api/v1/communities/${number}`);
      map?.select(card, false);
      showCard(id, communityCard(card, now));
    }
    chosenId = id;
    list.mark(id);
  } catch (e) {
    problem(e);
  }
}

function showCard(id: string, content: Node[]): void {
  openId = id;
  cardBox.replaceChildren(...content);
  cardBox.hidden = false;
  page.classList.remove('show-map');
  mapSwitch();
  cardBox.scrollTop = 0;
  find('#card-title', cardBox)?.focus({ preventScroll: true });
  writeAddress();
}

function closeCard(): boolean {
  if (cardBox.hidden) {
    return false;
  }
  cardBox.hidden = true;
  openId = null;
  writeAddress();
  listBox.focus({ preventScroll: true });
  return true;
}

function startMap(layers: Layer[]): void {
  const box = get('#map', page);
  const bounds = (board && around([...board.communities, ...hubs])) ?? {
    west: Number(box.dataset['west']),
    south: Number(box.dataset['south']),
    east: Number(box.dataset['east']),
    north: Number(box.dataset['north']),
  };
  try {
    map = new OpsMap(box, layers, bounds, box.dataset['mapWorker'] ?? '', {
      community: id => void openById(`c${id}`),
      hub: id => void openById(`h${id}`),
      moved: next => {
        view = next;
        if (!map?.movesItself && !(isNarrow() && !page.classList.contains('show-map'))) {
          refresh();
        }
      },
    });
    if (!isNarrow()) {
      view = map.view();
    }
    refresh();
  } catch (e) {
    console.error(e);
    mapBroken(box);
    followMap.checked = false;
    followMap.disabled = true;
    refresh();
  }
}

function choices(loaded: Board): void {
  const item = get<HTMLSelectElement>('#filter-item', page);
  item.append(...loaded.items.map(each => make('option', { value: each.code }, each.name)));
  const prefecture = get<HTMLSelectElement>('#filter-prefecture', page);
  prefecture.append(
    ...Object.entries(loaded.prefectures)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([code, name]) => make('option', { value: code }, name)),
  );
  for (const select of all<HTMLSelectElement>('.ops-filters select', page)) {
    select.value = String(filters[select.name as keyof Filters] ?? '');
  }
}

function chosenFilters(): void {
  const chosen = all<HTMLSelectElement>('.ops-filters select', page)
    .filter(select => select.value !== '')
    .map(select => select.selectedOptions[0]?.textContent ?? '');
  if (filters.stale) {
    chosen.push(text('ops.filter.stale'));
  }
  if (filters.words) {
    chosen.push(`“${filters.words}”`);
  }
  get('.ops-filters .chosen', page).textContent = chosen.join(' · ');
  get('#filter-reset', page).hidden = chosen.length === 0 && filters.answer === '' && !stuckOnly;
}

function wire(): void {
  const bar = get('.bar');
  new ResizeObserver(() => {
    document.documentElement.style.setProperty('--bar-size', `${bar.offsetHeight}px`);
  }).observe(bar);
  for (const select of all<HTMLSelectElement>('.ops-filters select', page)) {
    select.addEventListener('change', () => {
      const name = select.name as 'item' | 'priority' | 'within' | 'prefecture' | 'kind';
      filters[name] = select.value;
      writeAddress();
      if (['item', 'priority', 'within'].includes(name)) {
        void load(false).catch(problem);
      } else {
        refresh();
      }
    });
  }
  get<HTMLInputElement>('#filter-stale', page).addEventListener('change', event => {
    filters.stale = (event.target as HTMLInputElement).checked;
    writeAddress();
    refresh();
  });
  for (const button of all('[data-reset]', page)) {
    button.addEventListener('click', reset);
  }
  followMap.addEventListener('change', refresh);
  for (const button of all('[data-answer]', page)) {
    button.addEventListener('click', () => pressAnswer(button.dataset['answer'] ?? ''));
  }
  for (const button of all('.tabs [role=tab]', page)) {
    button.addEventListener('click', () => showTab(button.dataset['tab'] === 'hubs' ? 'hubs' : 'communities'));
    button.addEventListener('keydown', event => {
      if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
        event.preventDefault();
        event.stopPropagation();
        showTab(tab === 'hubs' ? 'communities' : 'hubs');
        get(`.tabs [data-tab="${tab}"]`, page).focus();
      }
    });
  }
  if (search) {
    search.value = filters.words;
    search.form?.addEventListener('submit', event => {
      event.preventDefault();
      listBox.focus();
      list.step(0);
    });
    search.addEventListener('input', () => {
      filters.words = search.value;
      writeAddress();
      refresh();
    });
  }
  page.addEventListener('click', event => {
    if ((event.target as HTMLElement).closest('[data-close-card]')) {
      closeCard();
    }
  });
  get('.map-switch', page).addEventListener('click', toggleMap);
  get('#map-print button', page).addEventListener('click', () => print());
  const measure = get('#map-measure', page);
  measure.addEventListener('click', () => {
    const on = measure.getAttribute('aria-pressed') !== 'true';
    measure.setAttribute('aria-pressed', String(on));
    const box = get('.map-measure', page);
    box.hidden = !on;
    map?.measure(on ? words => (box.textContent = words) : null);
  });
}

function reset(): void {
  Object.assign(filters, noFilters());
  stuckOnly = false;
  for (const select of all<HTMLSelectElement>('.ops-filters select', page)) {
    select.value = '';
  }
  get<HTMLInputElement>('#filter-stale', page).checked = false;
  if (search) {
    search.value = '';
  }
  if (board) {
    const whole = around([...board.communities, ...hubs]);
    if (whole) {
      map?.fit(whole);
    }
  }
  writeAddress();
  void load(false).catch(problem);
}

function pressAnswer(name: string): void {
  if (name === 'stuck') {
    stuckOnly = !stuckOnly;
    filters.answer = '';
    showTab(stuckOnly ? 'hubs' : 'communities');
  } else {
    stuckOnly = false;
    filters.answer = filters.answer === name ? '' : (name as Filters['answer']);
    showTab('communities');
  }
}

function showTab(next: 'communities' | 'hubs'): void {
  tab = next;
  for (const button of all('.tabs [role=tab]', page)) {
    const on = button.dataset['tab'] === tab;
    button.setAttribute('aria-selected', String(on));
    button.tabIndex = on ? 0 : -1;
    if (on) {
      listBox.setAttribute('aria-label', button.textContent?.trim() ?? '');
    }
  }
  listBox.scrollTop = 0;
  writeAddress();
  refresh();
}

function toggleMap(): void {
  if (!isNarrow()) {
    if (find('#map canvas') === document.activeElement) {
      listBox.focus();
    } else {
      find('#map canvas')?.focus();
    }
    return;
  }
  page.classList.toggle('show-map');
  mapSwitch();
  if (page.classList.contains('show-map')) {
    map?.appear();
    view = map?.view() ?? null;
    find('#map canvas')?.focus();
  } else {
    listBox.focus({ preventScroll: true });
  }
  refresh();
}

function mapSwitch(): void {
  const showsMap = page.classList.contains('show-map');
  const button = get('.map-switch', page);
  button.replaceChildren(icon(showsMap ? 'list' : 'map'), text(showsMap ? 'ops.switch.list' : 'ops.switch.map'));
}

function keys(): void {
  const free = (): boolean => cardBox.hidden;
  onKey(['j', 'ArrowDown'], text('ops.keys.next'), event => moveIfOwn(event, 1));
  onKey(['k', 'ArrowUp'], text('ops.keys.previous'), event => moveIfOwn(event, -1));
  onKey('Enter', text('ops.keys.open'), event =>
    free() && (event.target === listBox || event.target === document.body) ? list.openActive() : false,
  );
  onKey('Escape', text('ops.keys.back'), () => {
    if (!closeCard() && page.classList.contains('show-map')) {
      toggleMap();
    }
  });
  onKey('m', text('ops.keys.map'), toggleMap);
  onKey('f', text('ops.keys.filter'), () => {
    get<HTMLDetailsElement>('.ops-filters', page).open = true;
    get<HTMLSelectElement>('#filter-item', page).focus();
  });
  if (find('.places a[href$="/plan"]')) {
    onKey('p', text('ops.keys.plan'), () => {
      location.href = address('/plan');
    });
  }
}

function moveIfOwn(event: KeyboardEvent, by: number): boolean {
  const arrows = event.key.startsWith('Arrow');
  const inMap = (event.target as HTMLElement).closest?.('#map') !== null;
  if (arrows && (inMap || !cardBox.hidden || (event.target as HTMLElement).closest?.('.tabs'))) {
    return false;
  }
  list.step(by);
  if (cardBox.hidden) {
    listBox.focus({ preventScroll: true });
  } else if (list.activeRow) {
    void openById(list.activeRow.id);
  }
  return true;
}

function layerPanel(layers: Layer[]): void {
  const box = get('.map-layers', page);
  box.replaceChildren(
    ...layers.map(layer => {
      const input = make('input', { type: 'checkbox', checked: !(map?.isHidden(layer.name) ?? false) });
      input.addEventListener('change', () => map?.setLayer(layer.name, input.checked));
      return make('label', { class: 'choice' }, input, layer.title);
    }),
  );
}

function legend(): void {
  const box = get<HTMLDetailsElement>('.map-legend', page);
  const list = (...items: Node[]): HTMLElement => make('ul', { class: 'legend' }, ...items);
  let from = 0;
  const shares = borders.map(({ key, below }) => {
    const words = below === null ? `≥ ${percent(from)}` : `< ${percent(below)}`;
    from = below ?? 1;
    return make('li', {}, make('span', { class: `swatch ${key}` }), words);
  });
  const unknown = make('li', {}, make('span', { class: 'swatch cx' }), text('ops.share.unknown'));
  box.before(make('div', { class: 'map-scale' }, list(...shares, unknown)));
  box.append(
    make('p', { class: 'small' }, text('ops.legend.share')),
    list(
      ...(['SHELTER', 'UNDESIGNATED_SHELTER', 'HOME', 'FACILITY', 'COOP_OFFICE'] as const).map(kind =>
        make('li', {}, shapeOf(kind, ''), text(`ops.kind.${kind}`)),
      ),
      make('li', {}, icon('hub', 'shape'), text('ops.kind.HUB')),
    ),
    make('p', { class: 'small quiet' }, text('ops.legend.note')),
  );
}

function restoreFromAddress(): void {
  const query = new URLSearchParams(location.search);
  for (const name of ['item', 'priority', 'within', 'prefecture', 'kind'] as const) {
    filters[name] = query.get(name) ?? '';
  }
  filters.words = query.get('q') ?? '';
  filters.stale = query.get('stale') === '1';
  get<HTMLInputElement>('#filter-stale', page).checked = filters.stale;
  const wanted = query.get('answer');
  if (wanted === 'nothing' || wanted === 'next' || wanted === 'changed') {
    filters.answer = wanted;
  }
  openId = query.get('open');
  chosenId = openId;
}

function writeAddress(): void {
  const query = new URLSearchParams();
  for (const name of ['item', 'priority', 'within', 'prefecture', 'kind', 'answer'] as const) {
    if (filters[name]) {
      query.set(name, filters[name]);
    }
  }
  if (filters.words) {
    query.set('q', filters.words);
  }
  if (filters.stale) {
    query.set('stale', '1');
  }
  if (openId) {
    query.set('open', openId);
  }
  const words = query.toString();
  history.replaceState(null, '', `${location.pathname}${words ? `?${words}` : ''}`);
}


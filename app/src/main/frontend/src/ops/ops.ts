/** The operations screen: answers first, then the list and the map as equals. */
import { address, read } from '../lib/api.ts';
import { all, find, get, icon, isNarrow } from '../lib/dom.ts';
import { onKey } from '../lib/keys.ts';
import { age, counted, text } from '../lib/texts.ts';
import { toast } from '../lib/toasts.ts';
import { showAnswers } from './answers.ts';
import { communityCard } from './card.ts';
import { equityPanel } from './equity.ts';
import { FilterBar } from './filters.ts';
import { hubCard } from './hubcard.ts';
import { showLayers, showLegend } from './legend.ts';
import { List } from './list.ts';
import { OpsMap, mapBroken } from './map.ts';
import { News } from './news.ts';
import { type OpsRow, rowOf } from './rows.ts';
import { type Filters, type View, around, inView, isStuck, matching } from './state.ts';
import type { Board, Card, Changes, Community, Effect, Hub, HubCard, HubState, Layer } from './types.ts';

type Tab = 'communities' | 'hubs';

/** Deadlines pass and news grows old even where nothing changes. */
const READ_AGAIN = 300_000;

const page = get('main.ops');
const listBox = get('.ops-list', page);
const cardBox = get('#card', page);
const followMap = get<HTMLInputElement>('#follow-map', page);
const seenKey = `musubi:ops-seen:${document.body.dataset['base'] ?? ''}`;
const seen = Number(localStorage.getItem(seenKey)) || null;

let board: Board | null = null;
let hubs: readonly Hub[] = [];
let matched: readonly Community[] = [];
let map: OpsMap | null = null;
let view: View | null = null;
let tab: Tab = 'communities';
let stuckOnly = false;
let openId: string | null = new URLSearchParams(location.search).get('open');
let chosenId: string | null = openId;
let effect: Effect | null = null;
let loading: AbortController | null = null;
const names = new Map<string, string>();

const list = new List<OpsRow>(listBox, row => rowOf(row, now(), names), { choose, open });
const filterBar = new FilterBar(page, ask => {
  filterBar.writeAddress(openId);
  if (ask) {
    reload();
  } else {
    refresh();
  }
});
const { filters, search } = filterBar;
const equity = equityPanel(page, { effect: preview, open: id => void openById(`c${id}`) });
const news = new News(page, reload, tellCard);

void start();

async function start(): Promise<void> {
  wire();
  keys();
  showLegend(page);
  try {
    const [layers] = await Promise.all([read<Layer[]>('/api/v1/layers'), load()]);
    if (board) {
      filterBar.fill(board);
      filterBar.show(stuckOnly);
    }
    startMap(layers);
    showLayers(page, map, layers);
  } catch (e) {
    problem(e);
  }
  if (openId) {
    await openById(openId);
  }
  setInterval(reload, READ_AGAIN);
  addEventListener('pagehide', () => board && localStorage.setItem(seenKey, String(Date.parse(board.asOf))));
}

const now = (): number => (board ? Date.parse(board.now) : Date.now());

const nameOf = (code: string): string => names.get(code) ?? code;

async function load(): Promise<void> {
  loading?.abort();
  loading = new AbortController();
  const query = filterBar.query();
  listBox.setAttribute('aria-busy', 'true');
  [board, hubs] = await Promise.all([
    read<Board>(`/api/v1/communities${query ? `?${query}` : ''}`, loading.signal),
    read<Hub[]>('/api/v1/hubs', loading.signal),
  ]);
  names.clear();
  for (const municipality of board.municipalities) {
    names.set(municipality.code, municipality.name);
  }
  listBox.removeAttribute('aria-busy');
  news.loaded(board.asOf);
  refresh();
}

function reload(): void {
  load().catch(problem);
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
  matched = matching(board, filters, seen, nameOf);
  showOnMap();
  showAnswers(page, board, hubs, names, { answer: filters.answer, stuckOnly, seen });
  const unplaced = matched.filter(c => c.lat === null || c.lon === null);
  const foot = get('.ops-foot', page);
  foot.hidden = unplaced.length === 0;
  get('.ops-unplaced', foot).textContent = counted('ops.unplaced', unplaced.length);
  filterBar.show(stuckOnly);
  showList();
}

/** What the list shows of that, which also follows from where the map is. */
function showList(): void {
  if (!board) {
    return;
  }
  const limit = followMap.checked && map ? view : null;
  const rows: OpsRow[] =
    tab === 'hubs'
      ? hubs
          .filter(h => (!stuckOnly || isStuck(h, now())) && (!limit || inView(h, limit)))
          .filter(h => filters.prefecture === '' || h.municipality.startsWith(filters.prefecture))
          .sort((a, b) => Number(isStuck(b, now())) - Number(isStuck(a, now())) || (b.idle ?? 0) - (a.idle ?? 0) || a.id - b.id)
          .map(hub => ({ id: `h${hub.id}`, hub }))
      : (limit ? matched.filter(c => inView(c, limit)) : matched).map(community => ({ id: `c${community.id}`, community }));
  list.show(rows, chosenId);
  const total = tab === 'hubs' ? hubs.length : board.communities.length;
  get('.ops-count', page).textContent = text(`ops.count.${tab}`, rows.length, total);
  empty(rows.length, total);
}

function showOnMap(): void {
  const shares = new Map(effect?.communities.map(each => [each.community, each.after]));
  map?.show(
    effect ? matched.map(c => ({ ...c, share: shares.get(c.id) ?? c.share })) : matched,
    hubs,
  );
}

/** Shows on the map what another equity would do; null shows what is. */
function preview(next: Effect | null): void {
  effect = next;
  showOnMap();
  const at = new Map(board?.communities.map(c => [c.id, c]));
  map?.preview(
    next &&
      next.flows.flatMap(flow => {
        const to = at.get(flow.community);
        return to && to.lon !== null && to.lat !== null
          ? [{ from: [flow.lon, flow.lat] as const, to: [to.lon, to.lat] as const, lines: flow.lines }]
          : [];
      }),
  );
}

function empty(count: number, total: number): void {
  const box = get('.ops-empty', page);
  box.hidden = count > 0;
  listBox.hidden = count === 0;
  if (count > 0) {
    return;
  }
  const nothingLoaded = total === 0;
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
  const number = Number(id.slice(1));
  try {
    if (id.startsWith('h')) {
      const card = await read<HubCard>(`/api/v1/hubs/${number}`);
      map?.select(card.hub, true);
      showHub(card, null);
    } else {
      const card = await read<Card>(`/api/v1/communities/${number}`);
      map?.select(card, false);
      showCard(id, communityCard(card, now()));
    }
    chosenId = id;
    list.mark(id);
  } catch (e) {
    problem(e);
  }
}

/** @param undo the state before the reader's own change */
function showHub(card: HubCard, undo: HubState | null): void {
  showCard(
    `h${card.hub.id}`,
    hubCard(card, now(), undo, (stored, before) => {
      showHub(stored, before);
      reload();
    }),
  );
}

function showCard(id: string, content: Node[]): void {
  openId = id;
  cardBox.replaceChildren(...content);
  cardBox.hidden = false;
  page.classList.remove('show-map');
  mapSwitch();
  cardBox.scrollTop = 0;
  find('#card-title', cardBox)?.focus({ preventScroll: true });
  filterBar.writeAddress(openId);
}

/** Says on the open card that somebody else changed what it shows. */
function tellCard(changes: Changes): void {
  const change = changes.things.find(
    each => (each.kind === 'hub' && openId === `h${each.id}`) || (each.kind === 'community' && openId === `c${each.id}`),
  );
  if (!change || cardBox.hidden || find('[data-changed]', cardBox)) {
    return;
  }
  const when = age(change.at, Date.parse(changes.asOf));
  const notice = get<HTMLTemplateElement>('#card-changed', page).content.cloneNode(true) as DocumentFragment;
  get('span', notice).textContent = change.by === null ? text('frame.changed', when) : text('frame.changed.by', change.by, when);
  get('button', notice).addEventListener('click', () => openId && void openById(openId));
  find('.card-head', cardBox)?.after(notice);
}

function closeCard(): boolean {
  if (cardBox.hidden) {
    return false;
  }
  cardBox.hidden = true;
  openId = null;
  filterBar.writeAddress(openId);
  if (equity?.isOpen) {
    get('#equity-title', page).focus({ preventScroll: true });
  } else {
    listBox.focus({ preventScroll: true });
  }
  return true;
}

function closeEquity(): boolean {
  const closed = equity?.close() ?? false;
  if (closed) {
    get('#equity-open', page).focus({ preventScroll: true });
  }
  return closed;
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
        printView(next);
        if (!map?.movesItself && !(isNarrow() && !page.classList.contains('show-map'))) {
          showList();
        }
      },
    });
    if (!isNarrow()) {
      view = map.view();
      printView(view);
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

/** The paper map of what the screen shows. */
function printView({ west, south, east, north }: View): void {
  const bbox = [west, south, east, north].map(degrees => degrees.toFixed(4)).join(',');
  for (const link of all<HTMLAnchorElement>('a[data-paper]', page)) {
    link.href = `${link.dataset['paper']}?bbox=${bbox}`;
  }
}

function wire(): void {
  const bar = get('.bar');
  new ResizeObserver(() => {
    document.documentElement.style.setProperty('--bar-size', `${bar.offsetHeight}px`);
  }).observe(bar);
  for (const button of all('[data-reset]', page)) {
    button.addEventListener('click', reset);
  }
  followMap.addEventListener('change', showList);
  for (const button of all('[data-answer]', page)) {
    button.addEventListener('click', () => pressAnswer(button.dataset['answer'] ?? ''));
  }
  for (const button of all('[data-day]', page)) {
    button.addEventListener('click', () => stepDay(Number(button.dataset['day'])));
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
  search?.form?.addEventListener('submit', event => {
    event.preventDefault();
    listBox.focus();
    list.step(0);
  });
  cardBox.addEventListener('click', event => {
    const target = event.target as HTMLElement;
    if (target.closest('[data-close-card]')) {
      closeCard();
    }
    const step = target.closest<HTMLElement>('[data-card-step]')?.dataset['cardStep'];
    if (step) {
      move(Number(step));
    }
  });
  find('#equity-open', page)?.addEventListener('click', () => equity?.open());
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
  stuckOnly = false;
  const whole = board && around([...board.communities, ...hubs]);
  if (whole) {
    map?.fit(whole);
  }
  filterBar.reset();
}

function stepDay(by: number): void {
  if (board) {
    filterBar.stepDay(by, board.now);
  }
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

function showTab(next: Tab): void {
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
  filterBar.writeAddress(openId);
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
  showList();
}

function mapSwitch(): void {
  const showsMap = page.classList.contains('show-map');
  const button = get('.map-switch', page);
  button.replaceChildren(icon(showsMap ? 'list' : 'map'), text(showsMap ? 'ops.switch.list' : 'ops.switch.map'));
}

function keys(): void {
  onKey(['j', 'ArrowDown'], text('ops.keys.next'), event => moveIfOwn(event, 1));
  onKey(['k', 'ArrowUp'], text('ops.keys.previous'), event => moveIfOwn(event, -1));
  onKey('Enter', text('ops.keys.open'), event =>
    cardBox.hidden && (event.target === listBox || event.target === document.body) ? list.openActive() : false,
  );
  onKey('Escape', text('ops.keys.back'), () => {
    if (!closeCard() && !closeEquity() && page.classList.contains('show-map')) {
      toggleMap();
    }
  });
  onKey('m', text('ops.keys.map'), toggleMap);
  onKey('f', text('ops.keys.filter'), () => filterBar.focus());
  onKey('[', text('ops.day.previous'), () => stepDay(-1));
  onKey(']', text('ops.day.next'), () => stepDay(1));
  if (find('.places a[href$="/plan"]')) {
    onKey('p', text('ops.keys.plan'), () => {
      location.href = address('/plan');
    });
  }
}

function moveIfOwn(event: KeyboardEvent, by: number): boolean {
  const arrows = event.key.startsWith('Arrow');
  const inMap = (event.target as HTMLElement).closest?.('#map') !== null;
  const elsewhere = (event.target as HTMLElement).closest?.('.tabs, #equity');
  if (arrows && (inMap || !cardBox.hidden || elsewhere)) {
    return false;
  }
  move(by);
  return true;
}

function move(by: number): void {
  list.step(by);
  if (cardBox.hidden) {
    listBox.focus({ preventScroll: true });
  } else if (list.activeRow) {
    void openById(list.activeRow.id);
  }
}

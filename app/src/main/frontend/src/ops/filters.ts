/** The filters: their controls, the page's address, and the words for what is chosen. */
import { all, find, get, make } from '../lib/dom.ts';
import { dayName, text, zone } from '../lib/texts.ts';
import { type Filters, dayOf, daysFrom, noFilters } from './state.ts';
import type { Board } from './types.ts';

const SELECTS = ['item', 'priority', 'within', 'prefecture', 'kind'] as const;
const IN_ADDRESS = [...SELECTS, 'day', 'answer'] as const;

/** Those that the server answers, because they change what a community's coverage means. */
const ASKED = ['item', 'priority', 'within', 'day'] as const;

export class FilterBar {
  readonly filters: Filters = noFilters();
  private readonly box: HTMLElement;
  private readonly stale: HTMLInputElement;
  readonly search = find<HTMLInputElement>('.bar-search input');

  /** @param changed tells whether the server has to be asked again */
  constructor(
    private readonly page: HTMLElement,
    private readonly changed: (ask: boolean) => void,
  ) {
    this.box = get('.ops-filters', page);
    this.stale = get<HTMLInputElement>('#filter-stale', page);
    this.readAddress();
    for (const select of this.selects()) {
      select.addEventListener('change', () => {
        const name = select.name as (typeof SELECTS)[number];
        this.filters[name] = select.value;
        if (name === 'within' && select.value) {
          this.filters.day = '';
        }
        this.tell((ASKED as readonly string[]).includes(name));
      });
    }
    this.stale.addEventListener('change', () => {
      this.filters.stale = this.stale.checked;
      this.tell(false);
    });
    this.search?.addEventListener('input', () => {
      this.filters.words = this.search?.value ?? '';
      this.tell(false);
    });
    get('#day-any', page).addEventListener('click', () => {
      this.filters.day = '';
      this.tell(true);
    });
  }

  private selects(): HTMLSelectElement[] {
    return all<HTMLSelectElement>('select', this.box);
  }

  private tell(ask: boolean): void {
    this.show(false);
    this.changed(ask);
  }

  /** What the server is asked for. */
  query(): string {
    const query = new URLSearchParams();
    for (const name of ASKED) {
      if (this.filters[name]) {
        query.set(name, this.filters[name]);
      }
    }
    return query.toString();
  }

  /** The choices that follow from what is loaded. */
  fill(board: Board): void {
    get('#filter-item', this.page).append(...board.items.map(each => make('option', { value: each.code }, each.name)));
    get('#filter-prefecture', this.page).append(
      ...Object.entries(board.prefectures)
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([code, name]) => make('option', { value: code }, name)),
    );
  }

  /** Another day; from no day to today. */
  stepDay(by: number, now: string): void {
    this.filters.day = this.filters.day ? daysFrom(this.filters.day, by) : dayOf(now, zone);
    this.filters.within = '';
    this.tell(true);
  }

  reset(): void {
    Object.assign(this.filters, noFilters());
    this.tell(true);
  }

  focus(): void {
    get<HTMLDetailsElement>('.ops-filters', this.page).open = true;
    get<HTMLSelectElement>('#filter-item', this.page).focus();
  }

  /** @param stuckOnly whether the list shows only hubs where goods are stuck */
  show(stuckOnly: boolean): void {
    const { filters } = this;
    for (const select of this.selects()) {
      select.value = filters[select.name as (typeof SELECTS)[number]];
    }
    this.stale.checked = filters.stale;
    if (this.search && this.search.value !== filters.words) {
      this.search.value = filters.words;
    }
    get('.day-shown', this.page).textContent = filters.day ? dayName(filters.day) : text('ops.day.any');
    get('#day-any', this.page).hidden = filters.day === '';
    const chosen = this.selects()
      .filter(select => select.value !== '')
      .map(select => select.selectedOptions[0]?.textContent ?? '');
    if (filters.day) {
      chosen.push(text('ops.day.chosen', dayName(filters.day)));
    }
    if (filters.stale) {
      chosen.push(text('ops.filter.stale'));
    }
    if (filters.words) {
      chosen.push(`“${filters.words}”`);
    }
    get('.chosen', this.box).textContent = chosen.join(' · ');
    get('#filter-reset', this.page).hidden = chosen.length === 0 && filters.answer === '' && !stuckOnly;
  }

  private readAddress(): void {
    const query = new URLSearchParams(location.search);
    for (const name of SELECTS) {
      this.filters[name] = query.get(name) ?? '';
    }
    const day = query.get('day') ?? '';
    this.filters.day = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : '';
    this.filters.words = query.get('q') ?? '';
    this.filters.stale = query.get('stale') === '1';
    const answer = query.get('answer');
    if (answer === 'nothing' || answer === 'next' || answer === 'changed') {
      this.filters.answer = answer;
    }
  }

  /** Keeps what is chosen in the page's address, so that it can be reloaded and sent on. */
  writeAddress(openId: string | null): void {
    const query = new URLSearchParams();
    for (const name of IN_ADDRESS) {
      if (this.filters[name]) {
        query.set(name, this.filters[name]);
      }
    }
    if (this.filters.words) {
      query.set('q', this.filters.words);
    }
    if (this.filters.stale) {
      query.set('stale', '1');
    }
    if (openId) {
      query.set('open', openId);
    }
    const words = query.toString();
    history.replaceState(null, '', `${location.pathname}${words ? `?${words}` : ''}`);
  }
}

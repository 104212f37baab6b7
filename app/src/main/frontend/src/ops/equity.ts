/** Equity as a slider: what it costs and who gains or loses is seen before anybody commits. */
import { Problem, read, send } from '../lib/api.ts';
import { find, get, make } from '../lib/dom.ts';
import { compact, number, percent, text } from '../lib/texts.ts';
import type { Effect, EffectSide, Preview } from './types.ts';

/** From distance alone to almost nobody left with nothing; each step is felt about alike. */
const STOPS: readonly number[] = [1, 1.5, 2, 3, 4, 6, 8, 12, 16, 25, 35, 50, 70, 100];
const STANDARD = 8;
const PATH = '/api/v1/plans/previews';
const AFTER_MOVING = 200;
const LOOK_EVERY = 150;

export class EquityPanel {
  private stops = STOPS;
  private readonly slider: HTMLInputElement;
  private readonly shown: HTMLOutputElement;
  private readonly status: HTMLElement;
  private readonly result: HTMLElement;
  private readonly commit: HTMLFormElement;
  private readonly stop: HTMLButtonElement;
  private asking: AbortController | null = null;
  private asked: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly box: HTMLElement,
    private readonly on: { effect: (effect: Effect | null) => void; open: (community: number) => void },
  ) {
    this.slider = get<HTMLInputElement>('#equity-slider', box);
    this.shown = get<HTMLOutputElement>('#equity-shown', box);
    this.status = get('.equity-status', box);
    this.result = get('.equity-result', box);
    this.commit = get<HTMLFormElement>('.equity-commit', box);
    this.stop = get<HTMLButtonElement>('.equity-stop', box);
    this.slider.addEventListener('input', () => this.moved());
    for (const button of box.querySelectorAll<HTMLElement>('[data-equity-step]')) {
      button.addEventListener('click', () => {
        this.slider.value = String(Number(this.slider.value) + Number(button.dataset['equityStep']));
        this.moved();
      });
    }
    this.stop.addEventListener('click', () => {
      this.leave();
      this.status.textContent = text('ops.equity.stopped');
    });
    box.addEventListener('click', event => {
      const target = event.target as HTMLElement;
      if (target.closest('[data-close-equity]')) {
        this.close();
      }
      const community = target.closest<HTMLElement>('[data-community]')?.dataset['community'];
      if (community) {
        this.on.open(Number(community));
      }
    });
    this.setStops(STANDARD);
  }

  get isOpen(): boolean {
    return !this.box.hidden;
  }

  open(): void {
    this.box.hidden = false;
    get('#equity-title', this.box).focus({ preventScroll: true });
    void this.ask(null);
  }

  close(): boolean {
    if (this.box.hidden) {
      return false;
    }
    this.leave();
    this.box.hidden = true;
    this.result.replaceChildren();
    this.commit.hidden = true;
    this.on.effect(null);
    return true;
  }

  private get equity(): number {
    return this.stops[Number(this.slider.value)] ?? STANDARD;
  }

  private setStops(present: number): void {
    this.stops = [...new Set([...STOPS, present])].sort((a, b) => a - b);
    this.slider.max = String(this.stops.length - 1);
    this.slider.value = String(this.stops.indexOf(present));
    this.say();
  }

  private say(): void {
    const words = this.equity === 1 || this.equity === STANDARD || this.equity === 100 ? `ops.equity.at.${this.equity}` : 'ops.equity.at';
    this.shown.textContent = text(words, this.equity);
    this.slider.setAttribute('aria-valuetext', text(words, this.equity));
  }

  private moved(): void {
    this.say();
    this.commit.hidden = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(this.equity), AFTER_MOVING);
  }

  /** Ends what is being worked out. */
  private leave(): void {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.asking = null;
    this.busy(false);
    if (this.asked) {
      send('DELETE', `${PATH}/${this.asked}`).catch(() => undefined);
      this.asked = null;
    }
  }

  private busy(on: boolean): void {
    this.result.setAttribute('aria-busy', String(on));
    this.stop.hidden = !on;
  }

  /** The last question counts: an older one's answer is never shown. */
  private async ask(equity: number | null): Promise<void> {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    this.busy(true);
    this.status.textContent = text('ops.equity.working');
    try {
      let answer = await send<Preview>('POST', PATH, { equity }, asking.signal);
      this.asked = answer.id;
      while (answer.state === 'working') {
        await new Promise(resolve => setTimeout(resolve, LOOK_EVERY));
        if (asking.signal.aborted) {
          return;
        }
        answer = await read<Preview>(`${PATH}/${answer.id}`, asking.signal);
      }
      if (asking.signal.aborted) {
        return;
      }
      this.busy(false);
      if (answer.effect) {
        this.show(answer.equity, answer.effect, equity === null);
      } else {
        this.status.textContent = text(`ops.equity.${answer.state}`);
      }
    } catch (e) {
      if (!asking.signal.aborted) {
        this.busy(false);
        this.status.textContent = e instanceof Problem ? e.message : String(e);
      }
    }
  }

  private show(equity: number, effect: Effect, first: boolean): void {
    if (first) {
      this.setStops(effect.comparedWith);
    }
    const same = equity === effect.comparedWith;
    const km = effect.after.unitKm - effect.before.unitKm;
    const base = effect.plan === null ? text('ops.equity.base.none', effect.comparedWith) : text('ops.equity.base', effect.plan, effect.comparedWith);
    this.status.textContent = same
      ? text('ops.equity.same')
      : text(
          'ops.equity.summary',
          `${km < 0 ? '−' : '+'}${number(Math.abs(Math.round(km)))}`,
          effect.gaining.communities,
          effect.losing.communities,
        );
    this.result.replaceChildren(
      make('p', { class: 'small quiet' }, base),
      figures(equity, effect),
      ...(same
        ? []
        : [side('gain', effect.gaining), side('lose', effect.losing), make('p', { class: 'small quiet' }, text('ops.equity.map'))]),
    );
    get<HTMLInputElement>('input[name=equity]', this.commit).value = String(equity);
    get('button', this.commit).textContent = text('ops.equity.commit', equity);
    this.commit.hidden = false;
    this.on.effect(same ? null : effect);
  }
}

function figures(equity: number, effect: Effect): HTMLElement {
  const { before, after } = effect;
  const signed = (difference: number): string =>
    difference === 0 ? '±0' : `${difference < 0 ? '−' : '+'}${compact(Math.abs(difference))}`;
  const row = (name: string, old: number, fresh: number): HTMLElement =>
    make(
      'tr',
      {},
      make('th', { scope: 'row' }, text(`ops.equity.${name}`)),
      make('td', { class: 'number' }, compact(old)),
      make('td', { class: 'number' }, compact(fresh)),
      make('td', { class: 'number' }, signed(fresh - old)),
    );
  const column = (words: string): HTMLElement => make('th', { scope: 'col', class: 'number' }, words);
  return make(
    'table',
    { class: 'equity-figures' },
    make('caption', { class: 'visually-hidden' }, text('ops.equity.figures')),
    make(
      'thead',
      {},
      make(
        'tr',
        {},
        make('td', {}),
        column(text('ops.equity.of', effect.comparedWith)),
        column(text('ops.equity.of', equity)),
        column(text('ops.equity.difference')),
      ),
    ),
    make(
      'tbody',
      {},
      row('unit-km', Math.round(before.unitKm), Math.round(after.unitKm)),
      row('nothing', before.nothing, after.nothing),
      row('served', before.servedUnits, after.servedUnits),
    ),
  );
}

function side(name: 'gain' | 'lose', { communities, people, unknown, most }: EffectSide): HTMLElement {
  return make(
    'section',
    { class: 'equity-side' },
    make('h3', {}, text(`ops.equity.${name}`, communities, people)),
    unknown > 0 && make('p', { class: 'small quiet' }, text('ops.equity.unknown', unknown)),
    most.length > 0 &&
      make(
        'ul',
        {},
        ...most.map(each =>
          make(
            'li',
            {},
            make('button', { type: 'button', class: 'link', 'data-community': each.id }, each.name),
            ` ${each.municipality} `,
            make('span', { class: 'small' }, each.people === null ? text('ops.people.unknown') : text('ops.people', each.people)),
            ' ',
            make('strong', {}, text('ops.equity.from-to', percent(each.before), percent(each.after))),
          ),
        ),
      ),
    most.length < communities && make('p', { class: 'small quiet' }, text('ops.equity.more', communities - most.length)),
  );
}

/** The panel, where the reader may plan. */
export function equityPanel(
  page: HTMLElement,
  on: { effect: (effect: Effect | null) => void; open: (community: number) => void },
): EquityPanel | null {
  const box = find('#equity', page);
  return box ? new EquityPanel(box, on) : null;
}

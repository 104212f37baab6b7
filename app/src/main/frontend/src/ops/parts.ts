/** Pieces that list, card and legend share. */
import { coverageClass } from '../lib/coverage.ts';
import { icon, make } from '../lib/dom.ts';
import { moment, percent, text } from '../lib/texts.ts';
import type { HistoryEntry, Kind } from './types.ts';

const SHAPES: Record<Kind, string> = {
  SHELTER: 'shelter',
  UNDESIGNATED_SHELTER: 'shelter-open',
  HOME: 'home-cluster',
  FACILITY: 'facility',
  COOP_OFFICE: 'office',
};

export const shapeOf = (kind: Kind, key: string): SVGElement => icon(SHAPES[kind] ?? 'shelter', `shape ${key}`);

/** A covered share as a coloured number; nobody's knowledge is hatched and says so. */
export function share(value: number | null): HTMLElement {
  return make(
    'span',
    { class: `share ${coverageClass(value)}` },
    value === null ? text('ops.share.unknown') : percent(value),
  );
}

export const estimateTag = (): HTMLElement => make('span', { class: 'tag estimate' }, text('ops.estimate'));

export const derivedTag = (): HTMLElement => make('span', { class: 'tag derived' }, text('ops.derived'));

/** A titled part of a card. */
export const section = (title: string, ...content: (Node | false)[]): HTMLElement =>
  make('section', { class: 'card-section' }, make('h3', {}, title), ...content);

/** What happened, the newest first. */
export function history(entries: readonly HistoryEntry[]): HTMLElement {
  return entries.length === 0
    ? make('p', { class: 'quiet' }, text('ops.card.history.none'))
    : make(
        'ul',
        { class: 'history' },
        ...entries.map(entry =>
          make(
            'li',
            {},
            make('time', { datetime: entry.at }, moment(entry.at)),
            make('span', {}, entry.text, entry.derived && ' ', entry.derived && derivedTag()),
          ),
        ),
      );
}

/** The head of a card: what it is about, and the ways on and back. */
export function head(title: (Node | string)[], line: (Node | string | false)[], ...actions: HTMLElement[]): HTMLElement {
  const button = (data: Record<string, string>, keys: string, words: string): HTMLElement =>
    make('button', { type: 'button', class: 'button compact plain', 'aria-keyshortcuts': keys, ...data }, words);
  const close = button({ 'data-close-card': '' }, 'Escape', text('frame.close'));
  close.prepend(icon('close'));
  return make(
    'header',
    { class: 'card-head' },
    make('h2', { tabindex: -1, id: 'card-title' }, ...title),
    make('p', { class: 'small quiet cluster' }, ...line),
    make(
      'div',
      { class: 'card-actions no-print' },
      button({ 'data-card-step': '-1' }, 'k', text('ops.keys.previous')),
      button({ 'data-card-step': '1' }, 'j', text('ops.keys.next')),
      close,
    ),
    actions.length > 0 && make('p', { class: 'card-do cluster no-print' }, ...actions),
  );
}

/** The card of a community or hub: it slides over the list and gives focus back when it goes. */
import { coverageClass } from '../lib/coverage.ts';
import { icon, make, makeSvg } from '../lib/dom.ts';
import { age, moment, number, percent, text } from '../lib/texts.ts';
import { shapeOf, share } from './parts.ts';
import type { Card, Hub, Need } from './types.ts';

export function communityCard(card: Card, now: number): Node[] {
  const key = card.needs.length === 0 ? 'cx' : coverageClass(card.share);
  const people = Object.entries(card.people);
  return [
    head(
      make('h2', { tabindex: -1, id: 'card-title' }, shapeOf(card.kind, key), ' ', card.name),
      make(
        'p',
        { class: 'small quiet cluster' },
        [text(`ops.kind.${card.kind}`), card.municipality, card.prefecture].join(' · '),
        card.derived && make('span', { class: 'tag derived' }, text('ops.derived')),
      ),
    ),
    section(
      text('ops.card.people'),
      people.length === 0
        ? make('p', { class: 'quiet' }, text('ops.card.people.unknown'))
        : make(
            'dl',
            { class: 'facts' },
            ...people.map(([group, count]) =>
              make('div', {}, make('dt', {}, text(`ops.people.${group}`)), make('dd', {}, text('ops.card.count', count))),
            ),
          ),
      make(
        'p',
        { class: card.stale ? 'small old' : 'small quiet' },
        card.word === null
          ? text('ops.card.word.none')
          : text('ops.card.word', moment(card.word), age(card.word, now)),
      ),
    ),
    section(
      text('ops.card.needs', card.needs.length),
      ...(card.needs.length === 0
        ? [make('p', { class: 'quiet' }, text('ops.card.needs.none'))]
        : card.needs.map(each => need(each, now))),
    ),
    section(
      text('ops.card.history'),
      card.history.length === 0
        ? make('p', { class: 'quiet' }, text('ops.card.history.none'))
        : make(
            'ul',
            { class: 'history' },
            ...card.history.map(entry =>
              make('li', {}, make('time', { datetime: entry.at }, moment(entry.at)), make('span', {}, entry.text)),
            ),
          ),
    ),
  ];
}

export function hubCard(hub: Hub, now: number): Node[] {
  return [
    head(
      make('h2', { tabindex: -1, id: 'card-title' }, icon('hub'), ' ', hub.name),
      make(
        'p',
        { class: 'small quiet cluster' },
        hub.place,
        make('span', { class: hub.state === 'WORKING' ? 'tag ok' : 'tag warn' }, text(`ops.hub.${hub.state}`)),
        hub.derived && make('span', { class: 'tag derived' }, text('ops.derived')),
      ),
    ),
    section(
      text('ops.card.stock'),
      ...(hub.lots === null || hub.idle === null
        ? [make('p', { class: 'quiet' }, text('ops.hub.stock.unknown'))]
        : [
            make(
              'dl',
              { class: 'facts' },
              make('div', {}, make('dt', {}, text('ops.hub.lots')), make('dd', {}, number(hub.lots))),
              make('div', {}, make('dt', {}, text('ops.hub.idle')), make('dd', {}, number(hub.idle))),
            ),
            make(
              'p',
              { class: 'small' },
              hub.idleSince === null
                ? text('ops.hub.idle.none')
                : text('ops.hub.idle.since', moment(hub.idleSince), age(hub.idleSince, now)),
            ),
          ]),
    ),
  ];
}

function head(...content: (Node | false)[]): HTMLElement {
  const close = make(
    'button',
    { type: 'button', class: 'button compact plain', 'data-close-card': true, 'aria-keyshortcuts': 'Escape' },
    icon('close'),
    text('frame.close'),
  );
  return make('header', { class: 'card-head' }, ...content, make('div', { class: 'card-actions no-print' }, close));
}

function section(title: string, ...content: (Node | false)[]): HTMLElement {
  return make('section', { class: 'card-section' }, make('h3', {}, title), ...content);
}

function need(each: Need, now: number): HTMLElement {
  const late = each.deadline !== null && Date.parse(each.deadline) < now;
  return make(
    'div',
    { class: 'need' },
    make(
      'div',
      { class: 'cluster' },
      make('strong', {}, each.item),
      each.priority <= 2 && make('span', { class: 'tag urgent' }, text(`ops.priority.${each.priority}`)),
      each.estimate && make('span', { class: 'tag estimate' }, text('ops.estimate')),
    ),
    share(each.share),
    bar(each),
    make(
      'p',
      { class: 'need-figures' },
      make('span', {}, text('ops.need.wanted', each.quantity, each.unit)),
      make('span', {}, text('ops.need.received', each.received)),
      make('span', {}, text('ops.need.under-way', each.underWay)),
      make('span', {}, text('ops.need.reserved', each.reserved)),
      make('span', { class: each.missing > 0 ? 'danger-text' : '' }, text('ops.need.missing', each.missing)),
      each.deadline !== null &&
        make(
          'span',
          { class: late ? 'danger-text' : '' },
          text('ops.need.deadline', moment(each.deadline), age(each.deadline, now)),
        ),
    ),
  );
}

/** Received, under way, reserved and what is missing, side by side; the figures stand below in words. */
function bar(each: Need): HTMLElement {
  const part = (from: number, size: number, name: string): SVGElement =>
    makeSvg('rect', { x: from, y: 0, width: size, height: 10, class: name });
  const percentOf = (quantity: number): number => Math.min(100, (100 * quantity) / Math.max(1, each.quantity));
  const received = percentOf(each.received);
  const underWay = Math.min(100 - received, percentOf(each.underWay));
  const reserved = Math.min(100 - received - underWay, percentOf(each.reserved));
  return make(
    'div',
    { class: 'need-bar-cell' },
    makeSvg(
      'svg',
      {
        class: each.estimate ? 'need-bar estimate' : 'need-bar',
        viewBox: '0 0 100 10',
        preserveAspectRatio: 'none',
        role: 'img',
        'aria-label': text('ops.need.bar', percent(each.share)),
      },
      part(0, received, 'received'),
      part(received, underWay, 'under-way'),
      part(received + underWay, reserved, 'reserved'),
    ),
  );
}

/** The card of a community: it slides over the list and gives focus back when it goes. */
import { address } from '../lib/api.ts';
import { coverageClass } from '../lib/coverage.ts';
import { make, makeSvg } from '../lib/dom.ts';
import { age, moment, percent, text } from '../lib/texts.ts';
import { derivedTag, estimateTag, head, history, section, shapeOf, share } from './parts.ts';
import type { Card, Need } from './types.ts';

export function communityCard(card: Card, now: number): Node[] {
  const key = card.needs.length === 0 ? 'cx' : coverageClass(card.share);
  const people = Object.entries(card.people);
  const report = make(
    'a',
    { class: 'button compact', href: address(`/needs/new?community=${card.id}`) },
    text('ops.report'),
  );
  return [
    head(
      [shapeOf(card.kind, key), ' ', card.name],
      [
        [text(`ops.kind.${card.kind}`), card.municipality, card.prefecture].join(' · '),
        card.derived && derivedTag(),
      ],
      ...(card.mayReport ? [report] : []),
    ),
    section(
      text('ops.card.people'),
      people.length > 0 &&
        make(
          'dl',
          { class: 'facts' },
          ...people.map(([group, count]) =>
            make('div', {}, make('dt', {}, text(`ops.people.${group}`)), make('dd', {}, text('ops.card.count', count))),
          ),
        ),
      card.people['all'] === undefined && make('p', { class: 'notice warn' }, text('ops.card.people.unknown')),
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
        : card.needs.map(each => need(each, now, card.mayReport))),
    ),
    section(text('ops.card.history'), history(card.history)),
  ];
}

function need(each: Need, now: number, mayReport: boolean): HTMLElement {
  const late = each.deadline !== null && Date.parse(each.deadline) < now;
  return make(
    'div',
    { class: each.estimate ? 'need estimate' : 'need' },
    make(
      'div',
      { class: 'cluster' },
      make('strong', {}, each.item),
      each.priority <= 2 && make('span', { class: 'tag urgent' }, text(`ops.priority.${each.priority}`)),
      each.estimate && estimateTag(),
      each.derived && derivedTag(),
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
      each.said !== null && make('span', {}, text('ops.need.said', moment(each.said))),
    ),
    each.basis !== null &&
      make(
        'details',
        { class: 'need-basis' },
        make('summary', {}, text('ops.need.basis')),
        make(
          'p',
          {},
          each.basis,
          ...(each.sureness === null ? [] : [' ', make('span', { class: 'tag' }, each.sureness)]),
          ...(mayReport ? [' ', make('a', { href: address(`/needs/rates/${each.code}`) }, text('ops.need.rate'))] : []),
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

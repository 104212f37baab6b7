/** A community or hub as a row of the list. */
import { coverageClass } from '../lib/coverage.ts';
import { icon, make } from '../lib/dom.ts';
import { age, moment, percent, text } from '../lib/texts.ts';
import type { Row } from './list.ts';
import { derivedTag, estimateTag, shapeOf, share } from './parts.ts';
import { isStuck, runsOut } from './state.ts';
import type { Community, Hub } from './types.ts';

export type OpsRow = Row & ({ readonly community: Community } | { readonly hub: Hub });

export function rowOf(row: OpsRow, now: number, names: ReadonlyMap<string, string>): Node[] {
  return 'hub' in row ? hubRow(row.hub, now) : communityRow(row.community, now, names);
}

function hubRow(hub: Hub, now: number): Node[] {
  return [
    icon('hub', 'shape'),
    make('span', { class: 'row-name' }, hub.name),
    make('span', { class: hub.state === 'WORKING' ? 'tag ok' : 'tag warn' }, text(`ops.hub.${hub.state}`)),
    line(make('span', { class: 'clip' }, hub.place), hub.derived && derivedTag()),
    line(
      make(
        'span',
        { class: 'clip' },
        hub.lots === null || hub.idle === null ? text('ops.hub.stock.unknown') : text('ops.hub.stock', hub.lots, hub.idle),
      ),
      hub.idleSince !== null &&
        make('span', { class: isStuck(hub, now) ? 'danger-text' : '' }, text('ops.hub.oldest', age(hub.idleSince, now))),
    ),
  ];
}

function communityRow(c: Community, now: number, names: ReadonlyMap<string, string>): Node[] {
  const known = c.needs === 0 ? null : c.share;
  const place = [
    names.get(c.municipality) ?? '',
    text(`ops.kind.${c.kind}`),
    c.people === null ? text('ops.people.unknown') : text('ops.people', c.people),
  ];
  const lack = c.worst
    ? text('ops.worst', c.worst.item, percent(c.worst.share))
    : text(c.needs === 0 ? 'ops.needs.none' : 'ops.needs.covered');
  return [
    shapeOf(c.kind, coverageClass(known)),
    make('span', { class: 'row-name' }, c.name),
    share(known),
    line(
      make('span', { class: 'clip' }, place.join(' · ')),
      c.deadline !== null &&
        make('span', { class: runsOut(c, now) ? 'danger-text' : '' }, text('ops.deadline', moment(c.deadline))),
    ),
    line(
      make('span', { class: 'clip' }, lack),
      c.estimate && estimateTag(),
      c.derived && derivedTag(),
      make(
        'span',
        { class: c.stale ? 'old' : '' },
        c.word === null ? text('ops.word.none') : text('ops.word', age(c.word, now)),
      ),
    ),
  ];
}

const line = (...content: (Node | false)[]): HTMLElement => make('span', { class: 'row-line' }, ...content);

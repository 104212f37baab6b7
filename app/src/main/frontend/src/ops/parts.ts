/** Pieces that list, card and legend share. */
import { coverageClass } from '../lib/coverage.ts';
import { icon, make } from '../lib/dom.ts';
import { percent, text } from '../lib/texts.ts';
import type { Kind } from './types.ts';

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

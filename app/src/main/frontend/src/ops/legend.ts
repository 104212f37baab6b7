/** What colours and shapes mean, and which layers are shown. */
import { borders } from '../lib/coverage.ts';
import { get, icon, make } from '../lib/dom.ts';
import { percent, text } from '../lib/texts.ts';
import type { OpsMap } from './map.ts';
import { shapeOf } from './parts.ts';
import type { Layer } from './types.ts';

export function showLegend(page: HTMLElement): void {
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

export function showLayers(page: HTMLElement, map: OpsMap | null, layers: readonly Layer[]): void {
  get('.map-layers', page).replaceChildren(
    ...layers.map(layer => {
      const input = make('input', { type: 'checkbox', checked: !(map?.isHidden(layer.name) ?? false) });
      input.addEventListener('change', () => map?.setLayer(layer.name, input.checked));
      return make('label', { class: 'choice' }, input, layer.title);
    }),
  );
}

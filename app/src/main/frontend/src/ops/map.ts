/** The map. It shows what the list shows, asks only the own server, and draws its labels with the reader's own fonts. */
import maplibregl from 'maplibre-gl/dist/maplibre-gl-csp';
import type { GeoJSONSource, Map as GlMap, MapGeoJSONFeature, StyleSpecification, LayerSpecification } from 'maplibre-gl';
import { address } from '../lib/api.ts';
import { classes, coverageClass } from '../lib/coverage.ts';
import { make } from '../lib/dom.ts';
import { locale, number, text } from '../lib/texts.ts';
import { RATIO_OF_SYMBOLS, draw } from './symbols.ts';
import type { View } from './state.ts';
import type { Community, Hub, Layer } from './types.ts';

export interface MapEvents {
  readonly community: (id: number) => void;
  readonly hub: (id: number) => void;
  readonly moved: (view: View) => void;
}

/** A way along which so many more lines (fewer if negative) would go; longitude before latitude. */
export interface Flow {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly lines: number;
}

const FONTS = ['Noto Sans CJK JP', 'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic UI', 'Meiryo', 'sans-serif'];

/** On a wide view hubs stand a little aside, so that they do not hide the counts of the communities around them. */
const ASIDE: [number, number] = [20, -18];

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const isDark = matchMedia('(prefers-color-scheme: dark)');

export class OpsMap {
  private readonly map: GlMap;
  private communities: readonly Community[] = [];
  private hubs: readonly Hub[] = [];
  private selected: { lat: number; lon: number; hub: boolean } | null = null;
  private readonly hidden = new Set<string>();
  private flows: readonly Flow[] | null = null;
  private measuring: [number, number][] | null = null;
  private quiet = false;
  private waiting: View | null;

  constructor(
    box: HTMLElement,
    private readonly layers: readonly Layer[],
    bounds: View,
    workerUrl: string,
    private readonly on: MapEvents,
  ) {
    this.waiting = box.offsetParent === null || box.offsetHeight === 0 ? bounds : null;
    maplibregl.setWorkerUrl(workerUrl);
    this.map = new maplibregl.Map({
      container: box,
      style: this.style(),
      bounds: [bounds.west, bounds.south, bounds.east, bounds.north],
      fitBoundsOptions: { padding: 40, maxZoom: 12 },
      minZoom: 4,
      maxZoom: 17,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      attributionControl: false,
      canvasContextAttributes: { preserveDrawingBuffer: true },
      locale: {
        'Map.Title': text('ops.map.title'),
        'NavigationControl.ZoomIn': text('ops.map.zoom-in'),
        'NavigationControl.ZoomOut': text('ops.map.zoom-out'),
        'AttributionControl.ToggleAttribution': text('ops.map.credit'),
      },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'top-right');
    this.map.addControl(new maplibregl.ScaleControl({ unit: 'metric', maxWidth: 120 }), 'bottom-left');
    this.map.addControl(new maplibregl.AttributionControl({ compact: false }), 'bottom-right');
    this.map.on('styleimagemissing', ({ id }) => {
      const drawing = draw(id);
      if (drawing && !this.map.hasImage(id)) {
        this.map.addImage(id, drawing, { pixelRatio: RATIO_OF_SYMBOLS });
      }
    });
    this.map.on('idle', () => box.setAttribute('data-idle', 'true'));
    this.map.on('movestart', () => box.removeAttribute('data-idle'));
    this.map.on('moveend', () => this.on.moved(this.view()));
    this.map.on('load', () => this.fill());
    this.map.on('click', event => this.clicked(event.point, [event.lngLat.lng, event.lngLat.lat]));
    for (const layer of ['communities', 'clusters', 'hubs']) {
      this.map.on('mouseenter', layer, () => (this.map.getCanvas().style.cursor = 'pointer'));
      this.map.on('mouseleave', layer, () => (this.map.getCanvas().style.cursor = ''));
    }
    isDark.addEventListener('change', () => {
      this.map.setStyle(this.style());
      this.map.once('styledata', () => this.fill());
    });
    new ResizeObserver(() => this.map.resize()).observe(box);
  }

  view(): View {
    const bounds = this.map.getBounds();
    return { west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() };
  }

  /** Keeps the list from following while the list itself moves the map. */
  get movesItself(): boolean {
    return this.quiet;
  }

  show(communities: readonly Community[], hubs: readonly Hub[]): void {
    this.communities = communities;
    this.hubs = hubs;
    this.fill();
  }

  /** Shows what would flow otherwise instead of the kept plan's flows; null shows those again. */
  preview(flows: readonly Flow[] | null): void {
    this.flows = flows;
    this.fill();
  }

  /** Marks a place, and moves only if it is out of sight. */
  select(place: { lat: number | null; lon: number | null } | null, hub: boolean): void {
    this.selected =
      place && place.lat !== null && place.lon !== null ? { lat: place.lat, lon: place.lon, hub } : null;
    this.fill();
    if (!this.selected) {
      return;
    }
    const at: [number, number] = [this.selected.lon, this.selected.lat];
    const outside = !this.map.getBounds().contains(at);
    if (outside) {
      this.quiet = true;
      this.map.once('moveend', () => (this.quiet = false));
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      this.map.easeTo({ center: at, duration: still ? 0 : 350 });
    }
  }

  /** The map comes into sight for the first time: only now it has a size to fit into. */
  appear(): void {
    this.map.resize();
    if (this.waiting) {
      const { west, south, east, north } = this.waiting;
      this.waiting = null;
      this.fit({ west, south, east, north });
    }
  }

  fit(view: View): void {
    this.map.fitBounds([view.west, view.south, view.east, view.north], { padding: 40, maxZoom: 12, animate: false });
  }

  isHidden(name: string): boolean {
    return this.hidden.has(name);
  }

  setLayer(name: string, shown: boolean): void {
    if (shown) {
      this.hidden.delete(name);
    } else {
      this.hidden.add(name);
    }
    for (const layer of this.map.getStyle().layers) {
      if ((layer.metadata as { of?: string } | undefined)?.of === name) {
        this.map.setLayoutProperty(layer.id, 'visibility', shown ? 'visible' : 'none');
      }
    }
  }

  /** Starts or ends measuring; tells what is measured so far. */
  measure(report: ((words: string) => void) | null): void {
    this.measuring = report ? [] : null;
    this.report = report ?? (() => undefined);
    this.map.getCanvas().style.cursor = report ? 'crosshair' : '';
    this.drawMeasure();
  }

  private report: (words: string) => void = () => undefined;

  private clicked(point: { x: number; y: number }, at: [number, number]): void {
    if (this.measuring) {
      this.measuring.push(at);
      this.drawMeasure();
      return;
    }
    const reach = 6;
    const features = this.map.queryRenderedFeatures(
      [
        [point.x - reach, point.y - reach],
        [point.x + reach, point.y + reach],
      ],
      { layers: ['hubs', 'communities', 'clusters'].filter(id => this.map.getLayer(id)) },
    );
    const first = features[0];
    if (!first) {
      return;
    }
    if (first.layer.id === 'clusters') {
      void this.open(first);
    } else if (first.layer.id === 'hubs') {
      this.on.hub(Number(first.properties['id']));
    } else {
      this.on.community(Number(first.properties['id']));
    }
  }

  private async open(cluster: MapGeoJSONFeature): Promise<void> {
    const source = this.map.getSource<GeoJSONSource>('communities');
    const id = Number(cluster.properties['cluster_id']);
    if (source && cluster.geometry.type === 'Point') {
      const zoom = await source.getClusterExpansionZoom(id);
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      this.map.easeTo({
        center: cluster.geometry.coordinates as [number, number],
        zoom: zoom + 0.3,
        duration: still ? 0 : 350,
      });
    }
  }

  private drawMeasure(): void {
    const points = this.measuring ?? [];
    this.source('measure')?.setData({
      type: 'FeatureCollection',
      features: [
        ...points.map(coordinates => feature({ type: 'Point', coordinates }, {})),
        ...(points.length > 1 ? [feature({ type: 'LineString', coordinates: points }, {})] : []),
      ],
    });
    const metres = points.slice(1).reduce((sum, to, index) => sum + distance(points[index] ?? to, to), 0);
    this.report(
      points.length < 2 ? text('ops.measure.start') : text('ops.measure.length', number(Math.round(metres / 100) / 10)),
    );
  }

  private source(name: string): GeoJSONSource | undefined {
    return this.map.getSource<GeoJSONSource>(name);
  }

  private fill(): void {
    this.source('communities')?.setData({
      type: 'FeatureCollection',
      features: this.communities.flatMap(c =>
        c.lat === null || c.lon === null
          ? []
          : [
              feature(
                { type: 'Point', coordinates: [c.lon, c.lat] },
                {
                  id: c.id,
                  name: c.name,
                  class: coverageClass(c.needs === 0 ? null : c.share),
                  symbol: [
                    'point',
                    c.kind,
                    coverageClass(c.needs === 0 ? null : c.share),
                    c.estimate ? 1 : 0,
                    c.stale ? 1 : 0,
                  ].join('|'),
                  urgency: c.urgency,
                },
              ),
            ],
      ),
    });
    this.source('hubs')?.setData({
      type: 'FeatureCollection',
      features: this.hubs.flatMap(h =>
        h.lat === null || h.lon === null
          ? []
          : [
              feature(
                { type: 'Point', coordinates: [h.lon, h.lat] },
                {
                  id: h.id,
                  name: h.state === 'WORKING' ? h.name : `${h.name} (${text(`ops.hub.${h.state}`)})`,
                  symbol: `hub|${h.state}`,
                },
              ),
            ],
      ),
    });
    this.source('selected')?.setData({
      type: 'FeatureCollection',
      features: this.selected
        ? [feature({ type: 'Point', coordinates: [this.selected.lon, this.selected.lat] }, { hub: this.selected.hub })]
        : [],
    });
    this.source('preview')?.setData({
      type: 'FeatureCollection',
      features: (this.flows ?? []).map(({ from, to, lines }) =>
        feature({ type: 'LineString', coordinates: [[...from], [...to]] }, { lines }),
      ),
    });
    if (this.map.getLayer('flows')) {
      const shown = this.flows === null && !this.hidden.has('flows');
      this.map.setLayoutProperty('flows', 'visibility', shown ? 'visible' : 'none');
    }
    if (this.measuring) {
      this.drawMeasure();
    }
  }

  private style(): StyleSpecification {
    const land = colour('--land');
    const ink = colour('--ink');
    const halo = colour('--surface');
    const empty = { type: 'FeatureCollection' as const, features: [] };
    const label = (size: number): Record<string, unknown> => ({
      'text-font': FONTS,
      'text-size': size,
      'text-max-width': 8,
    });
    const labelPaint = { 'text-color': ink, 'text-halo-color': halo, 'text-halo-width': 1.6 };
    const previewed = (id: string, more: boolean): LayerSpecification => ({
      id,
      type: 'line',
      source: 'preview',
      filter: [more ? '>' : '<', ['get', 'lines'], 0],
      layout: { 'line-cap': more ? 'round' : 'butt' },
      paint: {
        'line-color': colour(more ? '--flow' : '--danger'),
        'line-opacity': ['interpolate', ['linear'], ['zoom'], 6, 0.2, 9, 0.8],
        'line-width': ['interpolate', ['linear'], ['abs', ['get', 'lines']], 1, 1, 20, 4],
        ...(more ? {} : { 'line-dasharray': [2, 2] }),
      },
    });
    const own: LayerSpecification[] = [
      previewed('preview-less', false),
      previewed('preview-more', true),
      {
        id: 'measure-line',
        type: 'line',
        source: 'measure',
        paint: { 'line-color': colour('--danger'), 'line-width': 3, 'line-dasharray': [2, 1] },
      },
      {
        id: 'measure-points',
        type: 'circle',
        source: 'measure',
        filter: ['==', ['geometry-type'], 'Point'],
        paint: { 'circle-color': colour('--danger'), 'circle-radius': 5 },
      },
      {
        id: 'selected',
        type: 'symbol',
        source: 'selected',
        layout: {
          'icon-image': 'ring',
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
          'icon-offset': ['step', ['zoom'], ['case', ['get', 'hub'], ['literal', ASIDE], ['literal', [0, 0]]], 10, ['literal', [0, 0]]],
        },
      },
      {
        id: 'clusters',
        type: 'symbol',
        source: 'communities',
        metadata: { of: 'communities' },
        filter: ['has', 'point_count'],
        layout: {
          'icon-image': ['concat', 'cluster', ...classes.flatMap(key => ['|', ['to-string', ['get', key]]])] as never,
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
        },
      },
      {
        id: 'communities',
        type: 'symbol',
        source: 'communities',
        metadata: { of: 'communities' },
        filter: ['!', ['has', 'point_count']],
        layout: {
          'icon-image': ['get', 'symbol'],
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
          'symbol-sort-key': ['get', 'urgency'],
        },
      },
      {
        id: 'community-names',
        type: 'symbol',
        source: 'communities',
        metadata: { of: 'communities' },
        minzoom: 10.5,
        filter: ['!', ['has', 'point_count']],
        layout: {
          ...label(12),
          'text-field': ['get', 'name'],
          'text-anchor': 'top',
          'text-offset': [0, 1],
          'text-optional': true,
        },
        paint: labelPaint,
      },
      {
        id: 'hubs',
        type: 'symbol',
        source: 'hubs',
        metadata: { of: 'hubs' },
        layout: {
          'icon-image': ['get', 'symbol'],
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
          'icon-offset': ['step', ['zoom'], ['literal', ASIDE], 10, ['literal', [0, 0]]],
        },
      },
      {
        id: 'hub-names',
        type: 'symbol',
        source: 'hubs',
        metadata: { of: 'hubs' },
        minzoom: 7,
        layout: {
          ...label(12),
          'text-field': ['get', 'name'],
          'text-anchor': 'bottom',
          'text-offset': [0, -1.3],
          'text-optional': true,
        },
        paint: { ...labelPaint, 'text-color': colour('--accent') },
      },
    ];
    const tiled: LayerSpecification[] = this.layers.flatMap((layer): LayerSpecification[] => {
      const base = { source: layer.name, 'source-layer': layer.name, metadata: { of: layer.name } };
      switch (layer.name) {
        case 'coast':
          return [
            { ...base, id: 'coast', type: 'fill', paint: { 'fill-color': land } },
            {
              ...base,
              id: 'coast-line',
              type: 'line',
              paint: { 'line-color': colour('--land-line'), 'line-width': 1 },
            },
          ];
        case 'municipalities':
          return [
            {
              ...base,
              id: 'municipality-names',
              type: 'symbol',
              minzoom: 7.5,
              layout: {
                ...label(12),
                'text-field': ['coalesce', ['get', locale === 'en' ? 'name_en' : 'name'], ['get', 'name']],
              },
              paint: { ...labelPaint, 'text-color': colour('--ink-3') },
            },
          ];
        case 'communities':
        case 'hubs':
          return [];
        case 'flows':
          return [
            {
              ...base,
              id: 'flows',
              type: 'line',
              layout: { 'line-cap': 'round' },
              paint: {
                'line-color': colour('--flow'),
                // Hundreds of lines on a wide view: a tint that grows where many run together.
                'line-opacity': ['interpolate', ['linear'], ['zoom'], 6, 0.07, 8, 0.2, 10, 0.6],
                'line-width': ['interpolate', ['linear'], ['coalesce', ['get', 'lines'], 1], 1, 0.8, 50, 4],
              },
            },
          ];
        default:
          return [generic(layer, base)];
      }
    });
    const order = (layer: LayerSpecification): number => {
      const place = ['coast', 'coast-line', 'flows'].indexOf(layer.id);
      return place >= 0 ? place : 3;
    };
    const layers = [...tiled.sort((a, b) => order(a) - order(b)), ...own];
    return {
      version: 8,
      sources: {
        ...Object.fromEntries(
          this.layers
            .filter(layer => !['communities', 'hubs'].includes(layer.name))
            .map(layer => [
              layer.name,
              {
                type: 'vector' as const,
                tiles: [`${location.origin}${address(`/tiles/${layer.name}`)}/{z}/{x}/{y}.mvt`],
                minzoom: layer.minZoom,
                maxzoom: layer.maxZoom,
                ...(layer.credit ? { attribution: layer.credit } : {}),
              },
            ]),
        ),
        communities: {
          type: 'geojson',
          data: empty,
          cluster: true,
          clusterRadius: 38,
          clusterMaxZoom: 10,
          clusterProperties: Object.fromEntries(
            classes.map(key => [key, ['+', ['case', ['==', ['get', 'class'], key], 1, 0]]]),
          ),
        },
        hubs: { type: 'geojson', data: empty },
        selected: { type: 'geojson', data: empty },
        measure: { type: 'geojson', data: empty },
        preview: { type: 'geojson', data: empty },
      },
      layers: [
        { id: 'sea', type: 'background', paint: { 'background-color': colour('--sea') } },
        ...layers.map(layer => {
          const of = (layer.metadata as { of?: string } | undefined)?.of;
          return of && this.hidden.has(of)
            ? ({ ...layer, layout: { ...layer.layout, visibility: 'none' } } as LayerSpecification)
            : layer;
        }),
      ],
    };
  }
}

/** A layer of the catalogue that this page knows nothing special about. */
function generic(layer: Layer, base: { source: string; 'source-layer': string; metadata: object }): LayerSpecification {
  const paint = colour('--ink-2');
  switch (layer.shape) {
    case 'POINT':
      return { ...base, id: layer.name, type: 'circle', paint: { 'circle-color': paint, 'circle-radius': 4 } };
    case 'LINE':
      return { ...base, id: layer.name, type: 'line', paint: { 'line-color': paint, 'line-width': 1.5 } };
    case 'AREA':
      return { ...base, id: layer.name, type: 'line', paint: { 'line-color': paint, 'line-width': 1 } };
  }
}

function feature<G extends GeoJSON.Geometry>(geometry: G, properties: Record<string, unknown>): GeoJSON.Feature<G> {
  return { type: 'Feature', geometry, properties };
}

function distance([lon1, lat1]: [number, number], [lon2, lat2]: [number, number]): number {
  const radians = Math.PI / 180;
  const a =
    Math.sin(((lat2 - lat1) * radians) / 2) ** 2 +
    Math.cos(lat1 * radians) * Math.cos(lat2 * radians) * Math.sin(((lon2 - lon1) * radians) / 2) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(a));
}

/** Says what to do when the browser cannot draw maps; the list does everything without it. */
export function mapBroken(box: HTMLElement): void {
  box.replaceChildren(
    make('div', { class: 'map-broken' }, make('p', {}, make('strong', {}, text('ops.map.broken'))), make('p', {}, text('ops.map.broken.remedy'))),
  );
}


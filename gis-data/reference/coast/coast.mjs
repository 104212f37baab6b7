// Makes src/main/resources/reference/japan/coast.geojson: the land of Japan as one MultiPolygon. README.md says how to run it.
import { readFileSync, writeFileSync } from 'node:fs';

const [source, target] = process.argv.slice(2);
if (!source || !target) {
  console.error('Usage: node coast.mjs MAP.geo.json COAST.geojson');
  process.exit(2);
}

const japan = JSON.parse(readFileSync(source, 'utf8')).features.find((feature) => feature.properties.A3 === 'JPN');
if (!japan) {
  console.error(`${source} has no feature with A3 = JPN.`);
  process.exit(1);
}

// Largest islands first, so that a reader of the file's beginning has most of the land.
const polygons = japan.geometry.coordinates.toSorted((a, b) => b[0].length - a[0].length);
const collection = {
  type: 'FeatureCollection',
  attribution: '© OpenStreetMap contributors',
  licence: 'ODbL-1.0',
  source: '@geo-maps/countries-coastline-100m 0.6.0',
  features: [{ type: 'Feature', properties: { kind: 'land' }, geometry: { type: 'MultiPolygon', coordinates: polygons } }],
};

// One polygon per line: a remade file can be compared with the old one.
writeFileSync(target, JSON.stringify(collection).replaceAll(']]],[[[', ']]],\n[[[') + '\n');

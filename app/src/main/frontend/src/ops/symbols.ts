/** The map's symbols, drawn by the browser: colour = unmet need, shape = kind, dashed = estimate, faded = old news. */
import { classes, coverageFill } from '../lib/coverage.ts';

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

const RATIO = 2;
const ink = '#14171f';

/** Names look like point|SHELTER|c0|1|0 (kind, coverage, estimate, old), cluster|3|0|1|0|0|2 or hub|FULL. */
export function draw(name: string): Drawing | null {
  const [what, ...rest] = name.split('|');
  switch (what) {
    case 'point':
      return point(rest[0] ?? '', rest[1] ?? 'cx', rest[2] === '1', rest[3] === '1');
    case 'cluster':
      return cluster(rest.map(Number));
    case 'ring':
      return ring();
    case 'hub':
      return hub(rest[0] ?? 'WORKING');
    default:
      return null;
  }
}

export const RATIO_OF_SYMBOLS = RATIO;

function canvas(size: number): { context: CanvasRenderingContext2D; done: () => Drawing } {
  const element = document.createElement('canvas');
  element.width = element.height = size * RATIO;
  const context = element.getContext('2d', { willReadFrequently: true });
  if (!context) {
    throw new Error('This browser does not draw.');
  }
  context.scale(RATIO, RATIO);
  return {
    context,
    done: () => {
      const { width, height, data } = context.getImageData(0, 0, element.width, element.height);
      return { width, height, data };
    },
  };
}

function point(kind: string, key: string, estimate: boolean, old: boolean): Drawing {
  const { context, done } = canvas(26);
  const centre = 13;
  context.globalAlpha = old ? 0.6 : 1;
  const paint = key === 'cx' ? hatch(context) : coverageFill(key).fill;
  const outline = new Path2D();
  if (kind === 'HOME') {
    outline.arc(centre, centre, 9, 0, 2 * Math.PI);
    outline.arc(centre, centre, 3.5, 0, 2 * Math.PI, true);
  } else if (kind === 'FACILITY') {
    outline.rect(centre - 8, centre - 8, 16, 16);
  } else if (kind === 'COOP_OFFICE') {
    for (let corner = 0; corner < 4; corner += 1) {
      const angle = (corner * Math.PI) / 2;
      outline.lineTo(centre + 10 * Math.cos(angle), centre + 10 * Math.sin(angle));
    }
    outline.closePath();
  } else if (kind === 'UNDESIGNATED_SHELTER') {
    outline.moveTo(centre, centre - 10);
    outline.lineTo(centre + 10, centre + 7.5);
    outline.lineTo(centre - 10, centre + 7.5);
    outline.closePath();
  } else {
    outline.arc(centre, centre, 8.5, 0, 2 * Math.PI);
  }
  context.strokeStyle = 'rgba(255,255,255,0.9)';
  context.lineWidth = 4;
  context.stroke(outline);
  context.fillStyle = paint;
  context.fill(outline);
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  if (estimate) {
    context.setLineDash([3, 2.2]);
  }
  context.stroke(outline);
  return done();
}

function hatch(context: CanvasRenderingContext2D): CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 8;
  const brush = tile.getContext('2d');
  if (!brush) {
    return '#b3b3b3';
  }
  brush.fillStyle = '#e2e2e2';
  brush.fillRect(0, 0, 8, 8);
  brush.strokeStyle = '#808080';
  brush.lineWidth = 1.6;
  for (const shift of [-8, 0, 8]) {
    brush.moveTo(shift, 8);
    brush.lineTo(shift + 8, 0);
  }
  brush.stroke();
  return context.createPattern(tile, 'repeat') ?? '#b3b3b3';
}

/** A ring that shows how many of each class, with the count in the middle. */
function cluster(counts: number[]): Drawing {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const radius = total >= 100 ? 23 : total >= 20 ? 20 : 16;
  const { context, done } = canvas(2 * radius + 4);
  const centre = radius + 2;
  context.fillStyle = '#ffffff';
  context.beginPath();
  context.arc(centre, centre, radius + 1.5, 0, 2 * Math.PI);
  context.fill();
  let from = -Math.PI / 2;
  counts.forEach((count, index) => {
    const to = from + (2 * Math.PI * count) / total;
    const key = classes[index] ?? 'cx';
    context.beginPath();
    context.arc(centre, centre, radius - 2.75, from, to);
    context.strokeStyle = key === 'cx' ? hatch(context) : coverageFill(key).fill;
    context.lineWidth = 5.5;
    context.stroke();
    from = to;
  });
  context.strokeStyle = ink;
  context.lineWidth = 1;
  for (const border of [radius, radius - 5.5]) {
    context.beginPath();
    context.arc(centre, centre, border, 0, 2 * Math.PI);
    context.stroke();
  }
  context.fillStyle = ink;
  context.font = `700 ${total >= 1000 ? 11 : 13}px "BIZ UDPGothic", sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(String(total), centre, centre + 0.5);
  return done();
}

/** Around what is chosen. */
function ring(): Drawing {
  const { context, done } = canvas(48);
  context.beginPath();
  context.arc(24, 24, 20, 0, 2 * Math.PI);
  context.fillStyle = 'rgba(255, 212, 61, 0.55)';
  context.fill();
  context.strokeStyle = '#ffd43d';
  context.lineWidth = 6;
  context.stroke();
  context.strokeStyle = '#000000';
  context.lineWidth = 3;
  context.stroke();
  return done();
}

function hub(state: string): Drawing {
  const { context, done } = canvas(32);
  const house = new Path2D('M16 4 3.5 14.500h3v12h19v-12h3z');
  context.strokeStyle = 'rgba(255,255,255,0.95)';
  context.lineWidth = 5;
  context.lineJoin = 'round';
  context.stroke(house);
  context.fillStyle = state === 'CLOSED' ? '#767b8a' : '#25347c';
  context.fill(house);
  context.strokeStyle = ink;
  context.lineWidth = 1.2;
  context.stroke(house);
  context.strokeStyle = context.fillStyle = '#ffffff';
  context.lineWidth = 2.6;
  context.lineCap = 'round';
  context.beginPath();
  if (state === 'FULL') {
    context.fillRect(10, 14, 12, 10);
  } else if (state === 'PAUSED') {
    context.moveTo(13, 15);
    context.lineTo(13, 23);
    context.moveTo(19, 15);
    context.lineTo(19, 23);
  } else if (state === 'CLOSED') {
    context.moveTo(12, 15);
    context.lineTo(20, 23);
    context.moveTo(20, 15);
    context.lineTo(12, 23);
  } else {
    context.moveTo(11.500, 19.500);
    context.lineTo(15, 23);
    context.lineTo(21, 15.500);
  }
  context.stroke();
  return done();
}

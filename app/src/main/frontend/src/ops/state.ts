/** What is loaded, what is chosen, and which communities follow from that. No page here, so that it can be tested. */
import type { Board, Community, Hub } from './types.ts';

export interface Filters {
  /** Asked of the server, because they change what a community's coverage means. */
  item: string;
  priority: string;
  within: string;
  /** Only what is needed on this day of the incident's calendar, e.g. 2011-03-15. */
  day: string;
  /** Answered here. */
  prefecture: string;
  kind: string;
  stale: boolean;
  answer: '' | 'nothing' | 'next' | 'changed';
  words: string;
}

export const noFilters = (): Filters => ({
  item: '',
  priority: '',
  within: '',
  day: '',
  prefecture: '',
  kind: '',
  stale: false,
  answer: '',
  words: '',
});

export interface View {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Hours within which a need that is not covered counts as "runs out next". */
export const NEXT_HOURS = 24;

export const hasNothing = (c: Community): boolean => c.needs > 0 && c.share === 0;

export function runsOut(c: Community, now: number): boolean {
  return c.deadline !== null && Date.parse(c.deadline) <= now + NEXT_HOURS * 3_600_000;
}

export const changedSince = (c: Community, seen: number | null): boolean =>
  seen !== null && c.changed !== null && Date.parse(c.changed) > seen;

const fold = (words: string): string => words.normalize('NFKC').toLocaleLowerCase();

/** The communities that pass, the most urgent first. */
export function matching(
  board: Board,
  filters: Filters,
  seen: number | null,
  names: (code: string) => string,
): Community[] {
  const now = Date.parse(board.now);
  const words = fold(filters.words).split(/\s+/).filter(Boolean);
  return board.communities
    .filter(
      c =>
        (filters.prefecture === '' || c.municipality.startsWith(filters.prefecture)) &&
        (filters.kind === '' || c.kind === filters.kind) &&
        (!filters.stale || c.stale) &&
        (filters.answer !== 'nothing' || hasNothing(c)) &&
        (filters.answer !== 'next' || runsOut(c, now)) &&
        (filters.answer !== 'changed' || changedSince(c, seen)) &&
        (c.needs > 0 || ![filters.item, filters.priority, filters.within, filters.day].some(Boolean)) &&
        (words.length === 0 || words.every(word => fold(`${c.name} ${names(c.municipality)}`).includes(word))),
    )
    .sort(filters.answer === 'next' ? byDeadline : byUrgency);
}

const byDeadline = (a: Community, b: Community): number =>
  Date.parse(a.deadline ?? '9999-01-01') - Date.parse(b.deadline ?? '9999-01-01') || byUrgency(a, b);

const byUrgency = (a: Community, b: Community): number =>
  b.urgency - a.urgency || (a.share ?? 2) - (b.share ?? 2) || a.id - b.id;

export const inView = (place: { lat: number | null; lon: number | null }, view: View): boolean =>
  place.lat !== null &&
  place.lon !== null &&
  place.lat >= view.south &&
  place.lat <= view.north &&
  place.lon >= view.west &&
  place.lon <= view.east;

/** A hub is stuck if goods lie there unpromised for a day, or if it holds goods and does not work. */
export function isStuck(hub: Hub, now: number): boolean {
  return (
    (hub.idleSince !== null && now - Date.parse(hub.idleSince) >= 24 * 3_600_000) ||
    ((hub.lots ?? 0) > 0 && hub.state !== 'WORKING')
  );
}

/** The rectangle around everything with a position, or null if nothing has one. */
export function around(places: readonly { lat: number | null; lon: number | null }[]): View | null {
  const placed = places.filter((p): p is { lat: number; lon: number } => p.lat !== null && p.lon !== null);
  if (placed.length === 0) {
    return null;
  }
  return {
    west: Math.min(...placed.map(p => p.lon)),
    south: Math.min(...placed.map(p => p.lat)),
    east: Math.max(...placed.map(p => p.lon)),
    north: Math.max(...placed.map(p => p.lat)),
  };
}

/** The part of a fixed-height list that has to stand in the page. */
export function windowOf(count: number, rowHeight: number, scrollTop: number, height: number): [number, number] {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - 8);
  return [Math.min(first, count), Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + 8)];
}

/** The day of an instant in a zone, e.g. 2011-03-15. */
export const dayOf = (instant: string, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(instant),
  );

/** So many days later, or earlier if negative. */
export const daysFrom = (day: string, by: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);

/** Texts and formats. Every text comes from the server's one message source, in a data block of the page. */
import { find } from './dom.ts';

const block = find<HTMLScriptElement>('script#texts');
const texts: Record<string, string> = block?.textContent ? (JSON.parse(block.textContent) as Record<string, string>) : {};

export const locale: string = document.documentElement.lang || 'ja';
export const zone: string = document.body.dataset['zone'] ?? 'Asia/Tokyo';

/** The text of a key with {0}, {1} … filled in. A missing key shows itself: it is an error in the messages. */
export function text(key: string, ...values: (string | number)[]): string {
  const pattern = texts[key];
  if (pattern === undefined) {
    return `[${key}]`;
  }
  return pattern.replaceAll("''", "'").replace(/\{(\d+)\}/g, (_, place: string) => {
    const value = values[Number(place)];
    return typeof value === 'number' ? number(value) : (value ?? '');
  });
}

/** Like text; in English the key with ".one" is taken for a single one. */
export function counted(key: string, count: number, ...more: (string | number)[]): string {
  return text(count === 1 && texts[`${key}.one`] !== undefined ? `${key}.one` : key, count, ...more);
}

const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });

const compacts = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 2 });

/** Large numbers short, for comparing: 1.83億 or 183.21M. */
export const compact = (value: number): string => compacts.format(value);

export const number = (value: number): string => numbers.format(value);

/** Whole per cent, never rounded up to 100 or down to 0 while something is missing or there. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100) / 100;
  return percents.format(share < 1 && rounded >= 1 ? 0.99 : share > 0 && rounded <= 0 ? 0.01 : rounded);
}

const day = new Intl.DateTimeFormat(
  locale,
  locale === 'ja'
    ? { timeZone: zone, month: 'long', day: 'numeric', weekday: 'short' }
    : { timeZone: zone, day: 'numeric', month: 'short' },
);
const clock = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
  timeZone: zone,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const englishDay = new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'short' });

/** 3月15日(火) 14:20 or 15 Mar 14:20, in the incident's zone. */
export function moment(instant: string | number): string {
  const date = new Date(instant);
  return `${locale === 'en' ? englishDay.format(date) : day.format(date)} ${clock.format(date)}`;
}

const calendarDay = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
  timeZone: 'UTC',
  month: locale === 'ja' ? 'long' : 'short',
  day: 'numeric',
  weekday: 'short',
});

/** A day of the calendar, e.g. 2011-03-15, as people write it. */
export const dayName = (isoDay: string): string => calendarDay.format(new Date(`${isoDay}T00:00:00Z`));

const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });

/** How long before or after now, in the largest unit that fits: 3 時間前, in 2 hours. */
export function age(instant: string | number, now: number): string {
  const seconds = (new Date(instant).getTime() - now) / 1000;
  const size = Math.abs(seconds);
  if (size < 3600) {
    return relative.format(Math.trunc(seconds / 60), 'minute');
  }
  return size < 48 * 3600
    ? relative.format(Math.trunc(seconds / 3600), 'hour')
    : relative.format(Math.trunc(seconds / 86400), 'day');
}

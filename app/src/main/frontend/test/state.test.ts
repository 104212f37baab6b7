import assert from 'node:assert/strict';
import { test } from 'node:test';
import { around, dayOf, daysFrom, hasNothing, inView, isStuck, matching, noFilters, runsOut, windowOf } from '../src/ops/state.ts';
import type { Board, Community, Hub } from '../src/ops/types.ts';

const now = '2011-03-14T00:00:00Z';

function community(change: Partial<Community>): Community {
  return {
    id: 1,
    name: '釜石第一小学校',
    kind: 'SHELTER',
    municipality: '03211',
    lat: 39.27,
    lon: 141.88,
    people: 100,
    needs: 2,
    urgent: 1,
    share: 0.5,
    deadline: null,
    worst: null,
    word: null,
    stale: false,
    estimate: false,
    derived: false,
    urgency: 1,
    changed: null,
    ...change,
  };
}

const board = (...communities: Community[]): Board => ({
  now,
  asOf: now,
  communities,
  municipalities: [],
  prefectures: {},
  items: [],
});

const ids = (communities: Community[]): number[] => communities.map(c => c.id);
const names = (code: string): string => ({ '03211': '釜石市', '04202': '石巻市' })[code] ?? code;

test('the most urgent comes first, and of equals the less covered', () => {
  const found = matching(
    board(
      community({ id: 1, urgency: 3 }),
      community({ id: 2, urgency: 9 }),
      community({ id: 3, urgency: 3, share: 0.1 }),
    ),
    noFilters(),
    null,
    names,
  );
  assert.deepEqual(ids(found), [2, 3, 1]);
});

test('what runs out next is sorted by deadline and leaves out what has none', () => {
  const found = matching(
    board(
      community({ id: 1, deadline: '2011-03-14T20:00:00Z', urgency: 9 }),
      community({ id: 2, deadline: '2011-03-14T02:00:00Z' }),
      community({ id: 3 }),
      community({ id: 4, deadline: '2011-03-16T02:00:00Z' }),
    ),
    { ...noFilters(), answer: 'next' },
    null,
    names,
  );
  assert.deepEqual(ids(found), [2, 1]);
});

test('words are found in the name and the municipality, whatever their width and case', () => {
  const places = board(community({ id: 1 }), community({ id: 2, name: 'ＡＢＣ会館', municipality: '04202' }));
  assert.deepEqual(ids(matching(places, { ...noFilters(), words: '釜石市' }, null, names)), [1]);
  assert.deepEqual(ids(matching(places, { ...noFilters(), words: 'abc 石巻' }, null, names)), [2]);
  assert.deepEqual(ids(matching(places, { ...noFilters(), words: 'abc 釜石' }, null, names)), []);
});

test('prefecture, kind, stale and changed filter', () => {
  const places = board(
    community({ id: 1, stale: true, changed: '2011-03-14T00:00:00Z' }),
    community({ id: 2, municipality: '04202', kind: 'HOME' }),
  );
  assert.deepEqual(ids(matching(places, { ...noFilters(), prefecture: '04' }, null, names)), [2]);
  assert.deepEqual(ids(matching(places, { ...noFilters(), kind: 'SHELTER' }, null, names)), [1]);
  assert.deepEqual(ids(matching(places, { ...noFilters(), stale: true }, null, names)), [1]);
  const before = Date.parse('2011-03-13T00:00:00Z');
  assert.deepEqual(ids(matching(places, { ...noFilters(), answer: 'changed' }, before, names)), [1]);
  assert.deepEqual(ids(matching(places, { ...noFilters(), answer: 'changed' }, null, names)), []);
});

test('nothing at all is not the same as nothing known', () => {
  assert.equal(hasNothing(community({ share: 0 })), true);
  assert.equal(hasNothing(community({ share: 0.01 })), false);
  assert.equal(hasNothing(community({ share: null, needs: 0 })), false);
});

test('a deadline that has passed still counts as running out', () => {
  assert.equal(runsOut(community({ deadline: '2011-03-13T00:00:00Z' }), Date.parse(now)), true);
});

test('a hub is stuck after a day without promise, or when it holds goods and does not work', () => {
  const hub = (change: Partial<Hub>): Hub => ({
    id: 1,
    name: '',
    municipality: '03211',
    place: '',
    lat: null,
    lon: null,
    state: 'WORKING',
    lots: 3,
    idle: 1,
    idleSince: '2011-03-13T12:00:00Z',
    derived: false,
    version: 0,
    mayEdit: true,
    ...change,
  });
  assert.equal(isStuck(hub({}), Date.parse(now)), false);
  assert.equal(isStuck(hub({ idleSince: '2011-03-12T23:00:00Z' }), Date.parse(now)), true);
  assert.equal(isStuck(hub({ state: 'FULL' }), Date.parse(now)), true);
  assert.equal(isStuck(hub({ state: 'CLOSED', lots: 0, idle: 0, idleSince: null }), Date.parse(now)), false);
});

test('the view takes its borders in, and leaves out what has no position', () => {
  const view = around([{ lat: 39, lon: 141 }, { lat: 38, lon: 142 }, { lat: null, lon: null }]);
  assert.deepEqual(view, { west: 141, south: 38, east: 142, north: 39 });
  assert.ok(view && inView({ lat: 39, lon: 141 }, view));
  assert.ok(view && !inView({ lat: null, lon: null }, view));
  assert.equal(around([]), null);
});

test('only the rows in sight stand in the page', () => {
  assert.deepEqual(windowOf(100_000, 80, 40_000, 800), [492, 518]);
  assert.deepEqual(windowOf(3, 80, 0, 800), [0, 3]);
  assert.deepEqual(windowOf(0, 80, 500, 800), [0, 0]);
});

test('a filter that the server answers leaves out communities to which it does not apply', () => {
  const loaded = board(community({ id: 1 }), community({ id: 2, needs: 0, share: null }));
  assert.deepEqual(ids(matching(loaded, noFilters(), null, names)), [1, 2]);
  for (const name of ['item', 'priority', 'within', 'day'] as const) {
    assert.deepEqual(ids(matching(loaded, { ...noFilters(), [name]: 'x' }, null, names)), [1], name);
  }
});

test('a day is that of the incident, and days are counted across the end of a month', () => {
  assert.equal(dayOf('2011-03-14T15:30:00Z', 'Asia/Tokyo'), '2011-03-15');
  assert.equal(dayOf('2011-03-14T14:59:00Z', 'Asia/Tokyo'), '2011-03-14');
  assert.equal(daysFrom('2011-03-31', 1), '2011-04-01');
  assert.equal(daysFrom('2011-03-01', -1), '2011-02-28');
});

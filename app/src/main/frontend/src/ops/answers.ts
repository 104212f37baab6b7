/** The four answers on top of /ops: who has nothing, what runs short next, what is stuck, what changed. */
import { get } from '../lib/dom.ts';
import { age, counted, moment, text } from '../lib/texts.ts';
import { type Filters, changedSince, hasNothing, isStuck, runsOut } from './state.ts';
import type { Board, Hub } from './types.ts';

export interface Asked {
  readonly answer: Filters['answer'];
  readonly stuckOnly: boolean;
  /** When the reader last looked, in real time. */
  readonly seen: number | null;
}

export function showAnswers(
  page: HTMLElement,
  board: Board,
  hubs: readonly Hub[],
  names: ReadonlyMap<string, string>,
  asked: Asked,
): void {
  const now = Date.parse(board.now);
  const { communities } = board;
  const answer = (name: string, count: number, detail: string): void => {
    const button = get(`[data-answer="${name}"]`, page);
    const figure = get('.answer-figure', button);
    figure.textContent = counted(`ops.answer.${name}.figure`, count);
    figure.classList.toggle('bad', count > 0 && name !== 'changed');
    get('.answer-detail', button).textContent = detail;
    button.setAttribute('aria-pressed', String(name === 'stuck' ? asked.stuckOnly : asked.answer === name));
  };
  if (communities.length === 0) {
    for (const name of ['nothing', 'next', 'stuck', 'changed']) {
      answer(name, 0, text('ops.answer.no-data'));
    }
    return;
  }
  const nothing = communities.filter(hasNothing);
  const worst = nothing.reduce<(typeof nothing)[number] | null>((a, b) => (a && a.urgency >= b.urgency ? a : b), null);
  answer(
    'nothing',
    nothing.length,
    worst ? `${worst.name} (${names.get(worst.municipality) ?? ''})` : text('ops.answer.nothing.none'),
  );
  const next = communities
    .filter(c => runsOut(c, now))
    .sort((a, b) => Date.parse(a.deadline ?? '') - Date.parse(b.deadline ?? ''));
  const soonest = next[0];
  answer(
    'next',
    next.length,
    soonest?.deadline
      ? `${soonest.worst ? `${soonest.worst.item} · ` : ''}${moment(soonest.deadline)}`
      : text('ops.answer.next.none'),
  );
  const stuck = hubs.filter(h => isStuck(h, now));
  answer('stuck', stuck.length, stuck[0] ? stuck[0].name : text('ops.answer.stuck.none'));
  answer(
    'changed',
    communities.filter(c => changedSince(c, asked.seen)).length,
    asked.seen === null
      ? text('ops.answer.changed.first')
      : text('ops.answer.changed.since', age(asked.seen, Date.parse(board.asOf))),
  );
}

/** The card of a hub: what lies there, and its state, which a coordinator changes here and can take back. */
import { address, Problem, send } from '../lib/api.ts';
import { icon, make } from '../lib/dom.ts';
import { age, moment, number, text } from '../lib/texts.ts';
import { toast } from '../lib/toasts.ts';
import { derivedTag, head, history, section } from './parts.ts';
import type { Hub, HubCard, HubState } from './types.ts';

const STATES: readonly HubState[] = ['WORKING', 'FULL', 'PAUSED', 'CLOSED'];

/**
 * @param undo the state before the reader's own last change, to go back to
 * @param again shows the card anew, with what the server answered
 */
export function hubCard(
  card: HubCard,
  now: number,
  undo: HubState | null,
  again: (card: HubCard, undo: HubState | null) => void,
): Node[] {
  const { hub } = card;
  return [
    head(
      [icon('hub'), ' ', hub.name],
      [
        hub.place,
        make('span', { class: hub.state === 'WORKING' ? 'tag ok' : 'tag warn' }, text(`ops.hub.${hub.state}`)),
        hub.derived && derivedTag(),
      ],
    ),
    section(text('ops.card.state'), stateOf(card, undo, again)),
    section(
      text('ops.card.stock'),
      ...(hub.lots === null || hub.idle === null
        ? [make('p', { class: 'quiet' }, text('ops.hub.stock.unknown'))]
        : [
            make(
              'dl',
              { class: 'facts' },
              make('div', {}, make('dt', {}, text('ops.hub.lots')), make('dd', {}, number(hub.lots))),
              make('div', {}, make('dt', {}, text('ops.hub.idle')), make('dd', {}, number(hub.idle))),
            ),
            make(
              'p',
              { class: 'small' },
              hub.idleSince === null
                ? text('ops.hub.idle.none')
                : text('ops.hub.idle.since', moment(hub.idleSince), age(hub.idleSince, now)),
            ),
          ]),
    ),
    section(text('ops.card.changes'), history(card.history)),
  ];
}

function stateOf(card: HubCard, undo: HubState | null, again: (card: HubCard, undo: HubState | null) => void): HTMLElement {
  const { hub } = card;
  const box = make('div', { class: 'hub-state' });
  if (!hub.mayEdit) {
    box.append(make('p', {}, text(`ops.hub.${hub.state}`)));
    return box;
  }
  const change = (state: HubState, version: number, takingBack: boolean): void => {
    for (const button of box.querySelectorAll('button')) {
      button.disabled = true;
    }
    send<HubCard>('PUT', `/api/v1/hubs/${hub.id}/state`, { state, version })
      .then(stored => {
        toast(text('ops.hub.changed', hub.name, text(`ops.hub.${state}`)));
        again(stored, takingBack ? null : hub.state);
      })
      .catch((e: unknown) => {
        for (const button of box.querySelectorAll('button')) {
          button.disabled = false;
        }
        if (e instanceof Problem && e.status === 409) {
          const theirs = e.body as HubCard;
          box.prepend(conflict(theirs, state, hub, () => change(state, theirs.hub.version, takingBack), () => again(theirs, null)));
        } else {
          toast(e instanceof Error ? e.message : String(e), 'danger');
        }
      });
  };
  box.append(
    make(
      'div',
      { class: 'states', role: 'group', 'aria-label': text('ops.card.state') },
      ...STATES.map(state => {
        const button = make(
          'button',
          { type: 'button', class: 'button compact', 'aria-pressed': state === hub.state ? 'true' : 'false' },
          text(`ops.hub.${state}`),
        );
        button.addEventListener('click', () => state !== hub.state && change(state, hub.version, false));
        return button;
      }),
    ),
    make('p', { class: 'small quiet' }, text(`ops.hub.means.${hub.state}`)),
  );
  if (undo !== null && undo !== hub.state) {
    const back = make('button', { type: 'button', class: 'button compact', 'data-undo': true }, text('ops.hub.undo', text(`ops.hub.${undo}`)));
    back.addEventListener('click', () => change(undo, hub.version, true));
    box.append(make('p', {}, back));
  }
  return box;
}

/** Somebody was quicker: both states are shown, and the reader decides. */
function conflict(theirs: HubCard, mine: HubState, hub: Hub, keep: () => void, take: () => void): HTMLElement {
  const when = theirs.lastChange ? age(theirs.lastChange.at, Date.parse(theirs.asOf)) : '';
  const state = text(`ops.hub.${theirs.hub.state}`);
  const button = (words: string, run: () => void): HTMLElement => {
    const made = make('button', { type: 'button', class: 'button compact' }, words);
    made.addEventListener('click', run);
    return made;
  };
  const box = make(
    'div',
    { class: 'notice warn', role: 'alert' },
    make(
      'p',
      {},
      theirs.lastChange?.by
        ? text('ops.hub.overtaken.by', theirs.lastChange.by, when, state)
        : text('ops.hub.overtaken', when, state),
    ),
    make(
      'p',
      { class: 'cluster' },
      make('a', { class: 'button compact', href: address(`/places/hubs/${hub.id}`) }, text('frame.changed.see')),
      button(text('ops.hub.overtaken.keep', text(`ops.hub.${mine}`)), () => {
        box.remove();
        keep();
      }),
      button(text('ops.hub.overtaken.take', state), take),
    ),
  );
  return box;
}

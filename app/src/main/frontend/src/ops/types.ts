/** What /ops reads from the server. Instants are ISO 8601; shares go from 0 to 1; null means unknown. */

export interface Community {
  readonly id: number;
  readonly name: string;
  readonly kind: Kind;
  readonly municipality: string;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly people: number | null;
  /** How many needs are open. */
  readonly needs: number;
  /** How many of them are urgent or high and not wholly covered. */
  readonly urgent: number;
  readonly share: number | null;
  /** The first deadline among needs that are not wholly covered. */
  readonly deadline: string | null;
  /** The item that lacks most, and how far it is covered. */
  readonly worst: { readonly item: string; readonly share: number } | null;
  /** When somebody last reported, in the incident's time. */
  readonly word: string | null;
  readonly stale: boolean;
  readonly estimate: boolean;
  readonly derived: boolean;
  /** Larger is more urgent. */
  readonly urgency: number;
  /** When the record or its needs last changed, in real time. */
  readonly changed: string | null;
}

export type Kind = 'SHELTER' | 'UNDESIGNATED_SHELTER' | 'HOME' | 'COOP_OFFICE' | 'FACILITY';

export interface Municipality {
  readonly code: string;
  readonly name: string;
}

export interface Board {
  /** The incident's time. */
  readonly now: string;
  /** Real time of the answer. */
  readonly asOf: string;
  readonly communities: readonly Community[];
  readonly municipalities: readonly Municipality[];
  readonly prefectures: Readonly<Record<string, string>>;
  readonly items: readonly { readonly code: string; readonly name: string }[];
}

export type HubState = 'WORKING' | 'FULL' | 'PAUSED' | 'CLOSED';

export interface Hub {
  readonly id: number;
  readonly name: string;
  readonly municipality: string;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly state: HubState;
  /** The municipality's name. */
  readonly place: string;
  /** Lots on hand, and how many of them are not wholly promised; null while nobody keeps the stock. */
  readonly lots: number | null;
  readonly idle: number | null;
  /** Since when the oldest unpromised lot has been lying there, in the incident's time. */
  readonly idleSince: string | null;
  readonly derived: boolean;
  /** Of the stored state, for changing it. */
  readonly version: number;
  readonly mayEdit: boolean;
}

/** One line of a history. Times of the incident unless the text says otherwise. */
export interface HistoryEntry {
  readonly at: string;
  readonly text: string;
  readonly derived: boolean;
}

/** Who changed something last; real time. Nobody: an import or the operator. */
export interface LastChange {
  readonly by: string | null;
  readonly at: string;
}

export interface HubCard {
  readonly hub: Hub;
  readonly asOf: string;
  readonly lastChange: LastChange | null;
  readonly history: readonly HistoryEntry[];
}

/** What other people changed since a moment. */
export interface Changes {
  readonly asOf: string;
  readonly count: number;
  readonly by: readonly string[];
  readonly things: readonly { readonly kind: string; readonly id: number; readonly by: string | null; readonly at: string }[];
}

/** The price of another equity. Shares go from 0 to 1. */
export interface Effect {
  readonly comparedWith: number;
  readonly plan: number | null;
  readonly before: EffectFigures;
  readonly after: EffectFigures;
  readonly gaining: EffectSide;
  readonly losing: EffectSide;
  readonly communities: readonly { readonly community: number; readonly before: number; readonly after: number }[];
  readonly flows: readonly { readonly lat: number; readonly lon: number; readonly community: number; readonly lines: number }[];
}

export interface EffectFigures {
  readonly unitKm: number;
  readonly servedUnits: number;
  readonly weightedUnmet: number | null;
  readonly nothing: number;
}

export interface EffectSide {
  readonly communities: number;
  readonly people: number;
  /** Communities whose headcount nobody knows. */
  readonly unknown: number;
  readonly most: readonly {
    readonly id: number;
    readonly name: string;
    readonly municipality: string;
    readonly people: number | null;
    readonly before: number;
    readonly after: number;
  }[];
}

export interface Preview {
  readonly id: string;
  readonly equity: number;
  readonly state: 'working' | 'ready' | 'contradictory' | 'stopped' | 'failed';
  readonly effect: Effect | null;
}

export interface Need {
  readonly id: string;
  readonly item: string;
  /** The item's code. */
  readonly code: string;
  readonly unit: string;
  readonly priority: number;
  readonly deadline: string | null;
  readonly quantity: number;
  readonly received: number;
  readonly underWay: number;
  readonly reserved: number;
  readonly missing: number;
  readonly share: number;
  readonly estimate: boolean;
  readonly derived: boolean;
  /** When it was said; null for an estimate. */
  readonly said: string | null;
  /** What an estimate rests on, in whole sentences. */
  readonly basis: string | null;
  /** How sure its rate is; null if there is none or it is beyond doubt. */
  readonly sureness: string | null;
}

export interface Card {
  readonly id: number;
  readonly name: string;
  readonly kind: Kind;
  readonly municipality: string;
  readonly prefecture: string;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly people: Readonly<Record<string, number>>;
  readonly word: string | null;
  readonly stale: boolean;
  readonly derived: boolean;
  readonly share: number | null;
  readonly needs: readonly Need[];
  readonly history: readonly HistoryEntry[];
  readonly mayReport: boolean;
}

export interface Layer {
  readonly name: string;
  readonly title: string;
  readonly shape: 'POINT' | 'LINE' | 'AREA';
  readonly minZoom: number;
  readonly maxZoom: number;
  readonly credit: string | null;
}

/** Talks JSON with the own server; a problem becomes an error with words for people. */
import { text } from './texts.ts';

export class Problem extends Error {
  constructor(
    message: string,
    readonly status: number,
    /** What the server sent beside the words, e.g. what is stored now after a conflict. */
    readonly body: unknown = null,
  ) {
    super(message);
  }
}

const base = (): string => document.body.dataset['base'] ?? '';

/** The address of a path inside the current response. */
export const address = (path: string): string => `${base()}${path}`;

export const read = <T>(path: string, signal?: AbortSignal): Promise<T> => send<T>('GET', path, undefined, signal);

/** Sends a command; what the server answers is read as JSON, nothing as null. */
export async function send<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const { csrfHeader, csrf } = document.body.dataset;
  let answer: Response;
  try {
    answer = await fetch(address(path), {
      method,
      headers: {
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(method !== 'GET' && csrfHeader ? { [csrfHeader]: csrf ?? '' } : {}),
      },
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (e) {
    if (e instanceof DOMException && e.name === 'AbortError') {
      throw e;
    }
    throw new Problem(text('frame.error.unreachable'), 0);
  }
  const content: unknown = await answer.json().catch(() => null);
  if (!answer.ok) {
    const problem = (content ?? {}) as { detail?: string; title?: string };
    throw new Problem(
      problem.detail ?? problem.title ?? text('frame.error.status', answer.status),
      answer.status,
      content,
    );
  }
  return content as T;
}

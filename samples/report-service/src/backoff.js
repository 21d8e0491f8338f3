import { setTimeout as sleep } from 'node:timers/promises';

/** Rests that grow from attempt to attempt, each a little different, so that not everybody comes back at once. */
export class Backoff {
  #next;

  constructor(least = 250, most = 15_000, random = Math.random) {
    this.least = least;
    this.most = most;
    this.random = random;
    this.#next = least;
  }

  /** How long to rest now, in milliseconds. */
  next() {
    const rest = this.#next * (0.75 + this.random() / 2);
    this.#next = Math.min(this.#next * 2, this.most);
    return rest;
  }

  /** Something worked: the next rest is short again. */
  worked() {
    this.#next = this.least;
  }

  /** Rests, unless it is told to stop meanwhile. */
  async rest(stop) {
    await pause(this.next(), stop);
  }
}

/** Waits, and returns early when it is told to stop. */
export async function pause(milliseconds, stop) {
  await sleep(milliseconds, undefined, { signal: stop }).catch((failure) => {
    if (failure.name !== 'AbortError') throw failure;
  });
}

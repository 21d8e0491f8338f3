import { randomUUID } from 'node:crypto';
import { Backoff, pause } from './backoff.js';
import { Inbox, brokerTrouble } from './broker.js';
import { DatabaseTrouble } from './database.js';
import { Intake } from './intake.js';
import { CursorMoved } from './ledger.js';
import { Reporter } from './reporter.js';

/** How many events are handled in one transaction. */
const BatchSize = 200;

/** Reports that go unanswered before the publisher is taken to be away. */
const PatienceWithPublisher = 5;

/** The stream is not the one that was handled. Nothing goes on by itself: somebody has to decide. */
class Diverged extends Error {
  constructor(stream, difference) {
    super(`the stream '${stream}' is not the one that was followed: ${difference}. See the README on what to do.`);
    this.name = 'Diverged';
  }
}

/** Follows one stream for as long as the service runs, and opens a new conversation whenever one breaks off. */
export class Follower {
  #intake = null;
  #lastWord = Date.now();

  /**
   * @param {string} stream what is followed
   * @param {ReturnType<import('./settings.js').readSettings>} settings where the broker is
   * @param {import('./ledger.js').Ledger} ledger where effects are noted
   * @param {{ warn: (text: string) => void, info: (text: string) => void }} log for whoever operates the service
   */
  constructor(stream, settings, ledger, log) {
    this.stream = stream;
    this.settings = settings;
    this.ledger = ledger;
    this.log = log;
    this.place = null;
    this.trouble = 'not connected yet';
    this.isDiverged = false;
  }

  /** How it is doing, for people and probes. */
  status() {
    const head = this.#intake?.head ?? null;
    const position = this.place?.position ?? null;
    return {
      state: this.#state(),
      position,
      head,
      lag: head === null || position === null ? null : Math.max(0, head - position),
    };
  }

  /** Follows until it is told to stop; then ends with what it has in hand committed and acknowledged. */
  async run(stop) {
    const backoff = new Backoff();
    while (!stop.aborted) {
      try {
        await this.#converse(stop, backoff);
      } catch (failure) {
        this.isDiverged = failure instanceof Diverged;
        this.#tell(isPlain(failure) ? failure.message : brokerTrouble(failure));
      }
      this.#intake = null;
      await backoff.rest(stop);
    }
  }

  #state() {
    if (this.isDiverged) return 'diverged';
    if (!this.#intake) return 'connecting';
    if (this.#intake.missingUpTo !== null) return 'awaiting-replay';
    const silence = Date.now() - this.#lastWord;
    return silence > PatienceWithPublisher * this.settings.reportMilliseconds ? 'publisher-silent' : 'following';
  }

  async #converse(stop, backoff) {
    this.place = await this.ledger.place(this.stream);
    this.#lastWord = Date.now();
    const intake = new Intake(this.place, randomUUID());
    const bell = new Bell();
    let lost = null;
    const inbox = await Inbox.open(this.settings, this.stream, {
      take: (message) => {
        const wasWhole = intake.missingUpTo === null;
        if (intake.accept(message)) this.#lastWord = Date.now();
        else this.log.warn(`${this.stream}: a message was refused: ${intake.refusal}.`);
        if (wasWhole && intake.missingUpTo !== null)
          this.log.warn(`${this.stream}: ${intake.tail.position + 1} to ${intake.missingUpTo} are missing here.`);
        bell.ring();
      },
      end: (reason) => {
        lost ??= reason;
        bell.ring();
      },
    });
    this.#intake = intake;
    const over = new AbortController();
    const reporting = this.#report(inbox, intake, AbortSignal.any([stop, over.signal])).catch((failure) => {
      lost ??= failure;
      bell.ring();
    });
    const ring = () => bell.ring();
    stop.addEventListener('abort', ring);
    try {
      while (!stop.aborted) {
        if (lost) throw lost;
        if (intake.difference && intake.answer) throw new Diverged(this.stream, intake.difference);
        if (!(await this.#handle(inbox, intake))) await bell.rung();
        if (intake.answer && !intake.difference) this.#isWell(backoff);
      }
    } finally {
      stop.removeEventListener('abort', ring);
      over.abort();
      await reporting;
      await inbox.close();
    }
  }

  /** Handles what has arrived. Acknowledges after the commit, never before. False when there was nothing. */
  async #handle(inbox, intake) {
    const events = intake.read(BatchSize);
    if (events.length > 0) this.place = await this.ledger.take(this.stream, this.place, events);
    const last = intake.pass(this.place.position);
    if (last) inbox.acknowledge(last);
    return events.length > 0;
  }

  async #report(inbox, intake, stop) {
    const reporter = new Reporter(this.settings.follower, intake);
    while (!stop.aborted) {
      const properties = reporter.next(this.place);
      if (properties.headers['cloudEvents:replay'] === 'true')
        this.log.warn(`${this.stream}: asked for everything behind ${this.place.position} again.`);
      await inbox.report(properties);
      await pause(this.settings.reportMilliseconds, stop);
    }
  }

  #isWell(backoff) {
    backoff.worked();
    this.isDiverged = false;
    if (this.trouble) this.log.info(`${this.stream}: following, from ${this.place.position} on.`);
    this.trouble = null;
  }

  #tell(trouble) {
    if (trouble !== this.trouble) this.log.warn(`${this.stream}: ${trouble}`);
    this.trouble = trouble;
  }
}

/** Whether an error says by itself what it means. */
function isPlain(failure) {
  return [DatabaseTrouble, CursorMoved, Diverged].some((plain) => failure instanceof plain);
}

/** Wakes the one who waits, and remembers that it rang while nobody did. */
class Bell {
  #rang = false;
  #wake = null;

  ring() {
    this.#rang = true;
    this.#wake?.();
  }

  async rung() {
    if (!this.#rang) await new Promise((resolve) => (this.#wake = resolve));
    this.#rang = false;
    this.#wake = null;
  }
}

import { readEvent, readHead } from './messages.js';

/**
 * What has arrived of a stream and is not handled yet: an unbroken run of events behind the cursor. What would break
 * the run is let go and noted as a loss, since a replay brings all of it again; what is not of this stream is refused.
 */
export class Intake {
  #held = [];
  #differenceSeen = null;

  /**
   * @param {import('./messages.js').Place} place where the cursor is
   * @param {string} session the conversation that answers are meant for
   */
  constructor(place, session) {
    /** The end of the unbroken run. */
    this.tail = place;
    this.session = session;
    /** The newest position that the publisher is known to have said; null before it was heard of. */
    this.head = null;
    /** The publisher's last answer in this conversation; null before the first. */
    this.answer = null;
    /** The newest position that is known to be missing behind the tail; null when nothing is. */
    this.missingUpTo = null;
    /** Why the last message that was refused was; null when none was. */
    this.refusal = null;
  }

  /** In what the stream is not the one that was handled; null when nothing shows that. */
  get difference() {
    return this.#differenceSeen ?? this.answer?.difference ?? null;
  }

  /** Takes in a message as the broker's client delivers it. False when it is not of this stream and was refused. */
  accept(message) {
    const event = readEvent(message);
    const head = event ? null : readHead(message);
    const isOurs = event ? this.#belongs(event.previous.stream) : head ? this.#hear(head) : true;
    this.#held.push({ message, event: event && isOurs && this.#follows(event) ? event : null });
    return isOurs;
  }

  /** The next events to handle, in order. */
  read(limit) {
    const events = [];
    for (const { event } of this.#held) {
      if (event) events.push(event);
      if (events.length === limit) break;
    }
    return events;
  }

  /**
   * Lets go of all that needs no handling any more once the cursor is at a position.
   * @returns the last message that may be acknowledged, with all before it; null when there is none
   */
  pass(position) {
    let last = null;
    while (this.#held.length > 0 && !(this.#held[0].event?.position > position)) last = this.#held.shift();
    return last?.message ?? null;
  }

  /** Whether an event continues the run. */
  #follows(event) {
    const { previous } = event;
    this.head = Math.max(this.head ?? 0, event.position);
    if (event.position <= this.tail.position) {
      if (event.position === this.tail.position && isAnother(event.id, this.tail.eventId))
        this.#differ(event.position, event.id);
      return false;
    }
    if (previous.position > this.tail.position) {
      this.#miss(previous.position);
      return false;
    }
    if (previous.position < this.tail.position)
      this.#differenceSeen ??= `it has no event at ${this.tail.position}, but one was handled there`;
    else if (isAnother(previous.eventId, this.tail.eventId)) this.#differ(previous.position, previous.eventId);
    if (this.#differenceSeen) return false;
    this.tail = { stream: previous.stream ?? this.tail.stream, position: event.position, eventId: event.id };
    if (this.missingUpTo !== null && this.missingUpTo <= this.tail.position) this.missingUpTo = null;
    return true;
  }

  /** Hears how far the stream goes. What is missing behind an answer is lost: it would have come before it. */
  #hear(head) {
    const answersUs = head.session === this.session;
    if (this.tail.stream && head.stream && this.tail.stream !== head.stream) {
      const difference = `it is another stream of that name (${head.stream}, where ${this.tail.stream} is followed)`;
      if (answersUs) this.answer = { ...head, difference: head.difference ?? difference };
      else this.refusal = difference;
      return answersUs;
    }
    this.head = head.head;
    if (answersUs)
      this.answer =
        head.head < head.reported && !head.difference
          ? { ...head, difference: `it ends at ${head.head}, but ${head.reported} was handled before` }
          : head;
    if (!this.answer || this.answer.difference) return true;
    this.tail = { ...this.tail, stream: this.tail.stream ?? head.stream };
    if (head.relayed > this.tail.position) this.#miss(head.relayed);
    else if (answersUs && !head.isReplaying) this.missingUpTo = null;
    return true;
  }

  #belongs(stream) {
    if (!this.tail.stream || stream === this.tail.stream) return true;
    this.refusal = stream
      ? `it is another stream of that name (${stream}, where ${this.tail.stream} is followed)`
      : 'it does not say which stream it is of';
    return false;
  }

  #differ(position, there) {
    this.#differenceSeen ??= `at ${position} it has the event ${there}, but ${this.tail.eventId} was handled there`;
  }

  #miss(upTo) {
    this.missingUpTo = Math.max(this.missingUpTo ?? 0, upTo);
  }
}

function isAnother(one, other) {
  return one !== null && other !== null && one !== other;
}

import { randomUUID } from 'node:crypto';
import { reportOf } from './messages.js';

/**
 * What a follower says of itself in one conversation. It asks for a replay once, and again only for what is still
 * missing behind an answer: everything that is on its way comes before that.
 */
export class Reporter {
  #number = 0;
  #askedIn = 0;

  /**
   * @param {string} follower the name in the platform's `Broker:Followers`
   * @param {import('./intake.js').Intake} intake what has arrived in this conversation
   */
  constructor(follower, intake) {
    this.follower = follower;
    this.intake = intake;
  }

  /** The next report, of a follower whose effects are committed up to a place. */
  next(place) {
    const { missingUpTo, answer, session } = this.intake;
    const replay =
      missingUpTo !== null && answer !== null && !answer.isReplaying && answer.number > this.#askedIn;
    this.#number++;
    if (replay) this.#askedIn = this.#number;
    return reportOf({
      id: randomUUID(),
      follower: this.follower,
      place,
      replay,
      session,
      number: this.#number,
    });
  }
}

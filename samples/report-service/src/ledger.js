import { readFile } from 'node:fs/promises';
import { inTransaction } from './database.js';
import { effects } from './events.js';

/** Somebody else moved the cursor: a second process of this service works on the same database. */
export class CursorMoved extends Error {
  constructor(stream) {
    super(`The cursor of '${stream}' was moved by somebody else: does the service run twice?`);
    this.name = 'CursorMoved';
  }
}

/** Classes of errors that the event's content is the cause of: its data, or a rule of the table that it breaks. */
const OfTheEvent = ['22', '23'];

/** What was said, noted once: effects and the cursor's advance are one transaction. */
export class Ledger {
  /** @param {import('pg').Pool} pool connections to the service's own database */
  constructor(pool) {
    this.pool = pool;
  }

  /** Makes the tables, where they are not there yet. */
  async open() {
    await inTransaction(this.pool, async (db) => {
      // Two that make the same tables at the same time would trip over each other.
      await db.query("SELECT pg_advisory_xact_lock(hashtext('report.schema'))");
      await db.query(await readFile(new URL('schema.sql', import.meta.url), 'utf8'));
    });
  }

  /** @returns {Promise<import('./messages.js').Place>} what is handled of a stream */
  async place(stream) {
    const { rows } = await inTransaction(this.pool, (db) =>
      db.query(
        `INSERT INTO report.cursor (stream, position) VALUES ($1, 0)
         ON CONFLICT (stream) DO UPDATE SET stream = excluded.stream
         RETURNING identity, position, event_id`,
        [stream],
      ),
    );
    return { stream: rows[0].identity, position: Number(rows[0].position), eventId: rows[0].event_id };
  }

  /**
   * Handles events that come behind a place, all of them or none.
   * @returns {Promise<import('./messages.js').Place>} the place behind them
   * @throws {CursorMoved} when the cursor is not at that place any more
   */
  async take(stream, place, events) {
    const last = events.at(-1);
    const moved = {
      stream: last.previous.stream ?? place.stream,
      position: last.position,
      eventId: last.id,
    };
    await inTransaction(this.pool, async (db) => {
      const { rowCount } = await db.query(
        `UPDATE report.cursor SET identity = $3, position = $4, event_id = $5
         WHERE stream = $1 AND position = $2`,
        [stream, place.position, moved.stream, moved.position, moved.eventId],
      );
      if (rowCount !== 1) throw new CursorMoved(stream);
      const parked = await this.#parkedSubjects(db, stream);
      for (const event of events) await this.#handle(db, stream, event, parked);
    });
    return moved;
  }

  /** Handles again what could not be handled before. What still cannot stays, and what waits behind it. */
  async retryParked() {
    await inTransaction(this.pool, async (db) => {
      const { rows } = await db.query('SELECT * FROM report.dead_letter ORDER BY stream, position FOR UPDATE');
      const stuck = new Set();
      for (const letter of rows) {
        if (stuck.has(letter.subject)) continue;
        const error = await this.#attempt(db, letter.type, letter.body);
        if (error) stuck.add(letter.subject);
        await db.query(
          error
            ? 'UPDATE report.dead_letter SET error = $3 WHERE stream = $1 AND position = $2'
            : 'DELETE FROM report.dead_letter WHERE stream = $1 AND position = $2',
          error ? [letter.stream, letter.position, error] : [letter.stream, letter.position],
        );
      }
    });
  }

  async #parkedSubjects(db, stream) {
    const { rows } = await db.query('SELECT DISTINCT subject FROM report.dead_letter WHERE stream = $1', [
      stream,
    ]);
    return new Set(rows.map((row) => row.subject));
  }

  async #handle(db, stream, event, parked) {
    if (!Object.hasOwn(effects, event.type)) return;
    const error = parked.has(event.subject)
      ? 'It waits behind an earlier event of the same subject.'
      : await this.#attempt(db, event.type, event.body);
    if (!error) return;
    parked.add(event.subject);
    await db.query(
      `INSERT INTO report.dead_letter (stream, position, event_id, type, subject, body, error)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      // The database's text has no zero character, which a body made by hand may have.
      [stream, event.position, event.id, event.type, event.subject, event.body.replaceAll('\0', ''), error],
    );
  }

  /** @returns {Promise<string | null>} why an event cannot be handled; null when it was */
  async #attempt(db, type, body) {
    if (!Object.hasOwn(effects, type)) return null;
    await db.query('SAVEPOINT attempt');
    try {
      await db.query(effects[type], [body]);
      await db.query('RELEASE SAVEPOINT attempt');
      return null;
    } catch (failure) {
      if (!OfTheEvent.includes(failure.code?.slice(0, 2))) throw failure;
      await db.query('ROLLBACK TO SAVEPOINT attempt');
      return failure.message;
    }
  }
}

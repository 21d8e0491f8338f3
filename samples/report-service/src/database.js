import pg from 'pg';

/** The service's own database does not do what is asked of it. Its message says what to do. */
export class DatabaseTrouble extends Error {
  constructor(cause) {
    super(sentenceFor(cause), { cause });
    this.name = 'DatabaseTrouble';
  }
}

/** Connections to the service's own database. Amounts and positions arrive as text, as the driver has them. */
export function openPool(connectionString) {
  const pool = new pg.Pool({
    connectionString,
    max: 6,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    application_name: 'report-service',
  });
  // One that idles and is lost is replaced by the next who asks.
  pool.on('error', () => {});
  return pool;
}

/**
 * Does work in one transaction: all of it, or nothing.
 * @param {pg.Pool} pool where connections come from
 * @param {(db: pg.PoolClient) => Promise<T>} work what is done
 * @param {string} begin how the transaction begins
 * @template T
 * @throws {DatabaseTrouble} when the database is away or refuses
 */
export async function inTransaction(pool, work, begin = 'BEGIN') {
  const db = await pool.connect().catch((failure) => {
    throw new DatabaseTrouble(failure);
  });
  let lost;
  try {
    await db.query(begin);
    const result = await work(db);
    await db.query('COMMIT');
    return result;
  } catch (failure) {
    await db.query('ROLLBACK').catch((alsoFailed) => (lost = alsoFailed));
    throw isOurs(failure) ? failure : new DatabaseTrouble(failure);
  } finally {
    db.release(lost);
  }
}

/** Whether an error is one of this service's own, which says by itself what it means. */
function isOurs(failure) {
  return failure.name === 'CursorMoved';
}

function sentenceFor(failure) {
  const { code } = failure;
  if (code === '28P01' || code === '28000') return 'REPORT_DATABASE: the database refuses the user or the password.';
  if (code === '3D000') return 'REPORT_DATABASE: there is no database of that name.';
  if (code === '42P01') return 'REPORT_DATABASE: the tables are not made yet.';
  if (code === '42501') return `REPORT_DATABASE: the user may not do what the service needs (${failure.message}).`;
  if (['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', 'EAI_AGAIN', 'ECONNRESET'].includes(code))
    return `REPORT_DATABASE: the database cannot be reached (${code}).`;
  return `REPORT_DATABASE: ${failure.message}`;
}

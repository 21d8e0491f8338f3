import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, beforeEach, describe, test } from 'node:test';
import { openPool } from '../src/database.js';
import { effects } from '../src/events.js';
import { CursorMoved, Ledger } from '../src/ledger.js';
import { Beginning } from '../src/messages.js';
import { countParked, readReport } from '../src/report.js';
import { fileOf } from './contracts.js';
import { Stream, eventId } from './said.js';

const database = process.env.REPORT_TEST_DATABASE;
const Store = '0199c000-0000-7000-8000-0000000000aa';
const Order = '0199c000-0000-7000-8000-0000000000bb';

describe('on PostgreSQL', { skip: database ? false : 'REPORT_TEST_DATABASE names none' }, () => {
  let pool;
  let ledger;

  before(async () => {
    pool = openPool(database);
    ledger = new Ledger(pool);
    await ledger.open();
  });
  after(() => pool.end());
  beforeEach(() => ledger.open().then(() => pool.query(emptied)));

  const emptied = `TRUNCATE ${['cursor', 'dead_letter', 'store', 'placed_order', 'ended_order', 'review', 'store_rating']
    .map((table) => `report.${table}`)
    .join(', ')}`;

  const said = (position, type, body, subject = Order) => ({
    position,
    id: eventId(position),
    type,
    subject,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    previous: { stream: Stream, position: position - 1, eventId: null },
  });
  const placed = (position, total = '19000.50', orderId = Order) =>
    said(
      position,
      'orders.order-placed.v1',
      `{"orderId":"${orderId}","storeId":"${Store}","total":${total},"currency":"EUR","placedAt":"2026-01-31T23:59:59.9999990+00:00"}`,
      orderId,
    );
  const delivered = (position) =>
    said(position, 'orders.order-delivered.v1', { orderId: Order, deliveredAt: '2026-02-01T00:10:00Z' });
  const begin = () => ledger.place('orders');

  test('a stream begins before its first event, and goes on where it was', async () => {
    assert.deepEqual(await begin(), Beginning);
    await ledger.take('orders', await begin(), [placed(3)]);
    assert.deepEqual(await begin(), { stream: Stream, position: 3, eventId: eventId(3) });
  });

  test('effects and cursor are one: who comes second changes neither', async () => {
    const place = await begin();
    await ledger.take('orders', place, [placed(1)]);

    await assert.rejects(ledger.take('orders', place, [placed(1), delivered(2)]), CursorMoved);

    assert.equal((await begin()).position, 1);
    assert.equal((await readReport(pool, '2026-01-31')).totals[0].delivered, 0);
  });

  test('money is added up exactly, and a delivery belongs to the day of its order', async () => {
    await ledger.take('orders', await begin(), [
      placed(1, '0.10'),
      placed(2, '0.20', '0199c000-0000-7000-8000-0000000000bc'),
      delivered(3),
      said(4, 'orders.order-delivered.v1', {
        orderId: '0199c000-0000-7000-8000-0000000000bc',
        deliveredAt: '2026-02-01T00:11:00Z',
      }),
    ]);

    const [total] = (await readReport(pool, '2026-01-31')).totals;
    assert.deepEqual(total, { currency: 'EUR', orders: 2, delivered: 2, revenue: '0.30', reviews: 0 });
    assert.deepEqual((await readReport(pool, '2026-02-01')).stores, []);
  });

  test('what nobody here cares for moves the cursor alone', async () => {
    await ledger.take('orders', await begin(), [said(1, 'orders.order-danced.v9', 'no JSON')]);

    assert.equal((await begin()).position, 1);
    assert.equal(await countParked(pool), 0);
  });

  test('an event that cannot be handled is parked, with those of its subject behind it, and nobody waits', async () => {
    const other = '0199c000-0000-7000-8000-0000000000bd';
    await ledger.take('orders', await begin(), [placed(1, '"much"'), delivered(2), placed(3, '7', other)]);

    assert.equal((await begin()).position, 3);
    assert.equal(await countParked(pool), 2);
    assert.equal((await readReport(pool, '2026-01-31')).totals[0].orders, 1);
  });

  test('what was parked is handled again, in order, once its cause is gone', async () => {
    await ledger.take('orders', await begin(), [placed(1, '"much"'), delivered(2)]);
    await ledger.retryParked();
    assert.equal(await countParked(pool), 2);

    await pool.query("UPDATE report.dead_letter SET body = replace(body, '\"much\"', '5')");
    await ledger.retryParked();

    assert.equal(await countParked(pool), 0);
    assert.equal((await readReport(pool, '2026-01-31')).totals[0].revenue, '5');
  });

  test('a rating is that of the end of the day, and late news of one changes nothing', async () => {
    const rated = (position, average, revision, changedAt) =>
      said(position, 'reviews.store-rating-changed.v1', { storeId: Store, average, count: revision, revision, changedAt }, Store);
    await ledger.take('orders', await begin(), [placed(1)]);
    await ledger.take('reviews', await ledger.place('reviews'), [
      rated(1, 4, 1, '2026-01-30T10:00:00Z'),
      rated(2, 5, 3, '2026-01-31T10:00:00Z'),
      rated(3, 1, 2, '2026-01-31T09:00:00Z'),
      rated(4, 2, 4, '2026-02-01T00:00:00Z'),
    ]);

    assert.deepEqual((await readReport(pool, '2026-01-31')).stores[0].rating, { average: 5, count: 3 });
  });

  test('every shape that an event ever had is read', async () => {
    let position = 0;
    for (const type of Object.keys(effects)) {
      const { examples } = JSON.parse(await readFile(fileOf(type), 'utf8'));
      for (const example of examples)
        await ledger.take('orders', await begin(), [said(++position, type, example, eventId(position))]);
    }

    const { rows } = await pool.query('SELECT type, error FROM report.dead_letter');
    assert.deepEqual(rows, []);
  });
});

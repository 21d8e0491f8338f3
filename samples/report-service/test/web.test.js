import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { mayRead } from '../src/access.js';
import { escape, pageOf } from '../src/page.js';
import { createWeb } from '../src/web.js';

const Token = 'a-token-of-twenty-letters';

const report = {
  day: '2026-01-31',
  stores: [
    {
      storeId: '0199c000-0000-7000-8000-000000000001',
      name: '<script>alert("1")</script>',
      currency: 'KRW',
      orders: 3,
      delivered: 2,
      revenue: '38000',
      reviews: 1,
      rating: { average: 4.5, count: 2 },
    },
  ],
  totals: [{ currency: 'KRW', orders: 3, delivered: 2, revenue: '38000', reviews: 1 }],
};

test('what stores call themselves is text on the page', () => {
  const page = pageOf(report, {}, 0);

  assert.ok(page.includes('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;'));
  assert.ok(!page.includes('<script'));
  assert.equal(escape(`&<>"'`), '&amp;&lt;&gt;&quot;&#39;');
});

test('the page says how far it may be behind', () => {
  const page = pageOf(report, { orders: { state: 'following', lag: 7 }, reviews: { state: 'following', lag: 0 } }, 2);

  assert.ok(page.includes('orders: following, 7 events behind.'));
  assert.ok(!page.includes('reviews:'));
  assert.ok(page.includes('2 events could not be handled'));
});

test('without a token only this machine may ask, by its own name', () => {
  for (const host of ['localhost:8090', '127.0.0.1:8090', '[::1]', 'LOCALHOST']) assert.ok(mayRead({ host }, null), host);
  for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', undefined])
    assert.ok(!mayRead({ host }, null), host);
});

test('with a token it must be proven', () => {
  const basic = (pair) => `Basic ${Buffer.from(pair).toString('base64')}`;
  for (const authorization of [`Bearer ${Token}`, `bearer ${Token}`, basic(`anybody:${Token}`)])
    assert.ok(mayRead({ authorization }, Token), authorization);
  for (const authorization of [undefined, '', 'Bearer', `Bearer ${Token}x`, Token, basic(Token.slice(1)), 'Basic %'])
    assert.ok(!mayRead({ authorization, host: 'localhost' }, Token), authorization);
});

describe('over HTTP', () => {
  const asked = [];
  const rows = [
    { is_total: false, store_id: 's', name: 'Soup & Co', currency: 'KRW', orders: 1, delivered: 1, revenue: '19000', reviews: 0, average: null, rated: null },
    { is_total: true, store_id: null, name: null, currency: 'KRW', orders: 1, delivered: 1, revenue: '19000', reviews: 0, average: null, rated: null },
  ];
  let away = false;
  const pool = {
    connect: async () => {
      if (away) throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
      return {
        query: async (sql, parameters) => {
          if (parameters) asked.push(parameters[0]);
          return { rows: sql.includes('dead_letter') ? [{ parked: 0 }] : rows };
        },
        release: () => {},
      };
    },
  };
  const followers = [{ stream: 'orders', status: () => ({ state: 'following', position: 5, head: 5, lag: 0 }) }];
  const web = createWeb({
    pool,
    followers,
    token: Token,
    log: { warn: () => {} },
    today: () => new Date('2026-01-31T23:59:59Z'),
  });
  const get = (path, options = {}) =>
    fetch(`http://127.0.0.1:${web.address().port}${path}`, {
      headers: { Authorization: `Bearer ${Token}` },
      ...options,
    });

  before(async () => {
    web.listen(0, '127.0.0.1');
    await once(web, 'listening');
  });
  after(() => web.close());

  test('the report of a day is JSON, amounts as texts', async () => {
    const answer = await get('/api/report?day=2026-01-30');
    const said = await answer.json();

    assert.equal(answer.status, 200);
    assert.equal(asked.at(-1), '2026-01-30');
    assert.deepEqual(said.stores, [
      { storeId: 's', name: 'Soup & Co', currency: 'KRW', orders: 1, delivered: 1, revenue: '19000', reviews: 0, rating: null },
    ]);
    assert.deepEqual(said.totals, [{ currency: 'KRW', orders: 1, delivered: 1, revenue: '19000', reviews: 0 }]);
    assert.equal(said.streams.orders.lag, 0);
  });

  test('the page is of today unless a day is asked for, and runs nothing', async () => {
    const answer = await get('/');

    assert.equal(asked.at(-1), '2026-01-31');
    assert.match(answer.headers.get('Content-Security-Policy'), /default-src 'none'/);
    assert.ok((await answer.text()).includes('<th scope="row">Soup &amp; Co</th>'));
  });

  test('nobody sees figures without the token', async () => {
    for (const path of ['/', '/api/report']) assert.equal((await get(path, { headers: {} })).status, 401);
  });

  test('a probe is told how it is doing, and not how much is sold', async () => {
    const said = async (options) => (await (await get('/health/ready', options)).json()).streams.orders;

    assert.deepEqual(await said({ headers: {} }), { state: 'following' });
    assert.equal((await said()).position, 5);
  });

  test('a day that is none is refused', async () => {
    for (const day of ['2026-02-30', 'today', "2026-01-01'--", ''])
      assert.equal((await get(`/api/report?day=${encodeURIComponent(day)}`)).status, 400, day);
  });

  test('there is nothing else, and nothing to write', async () => {
    assert.equal((await get('/api/reports')).status, 404);
    assert.equal((await get('/__proto__')).status, 404);
    assert.equal((await get('/api/report', { method: 'POST' })).status, 405);
  });

  test('a database that is away is told, without its address', async () => {
    away = true;
    assert.equal((await get('/health/live', { headers: {} })).status, 200);
    assert.equal((await get('/health/ready', { headers: {} })).status, 503);
    const answer = await get('/api/report');
    assert.equal(answer.status, 503);
    assert.ok(!(await answer.text()).includes('REPORT_DATABASE'));
    away = false;
  });
});

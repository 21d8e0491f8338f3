import { createServer } from 'node:http';
import { mayRead } from './access.js';
import { pageOf, style } from './page.js';
import { countParked, readReport } from './report.js';

const Guards = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * Serves the report, and how the service is doing.
 * @param {{ pool: import('pg').Pool, followers: import('./follower.js').Follower[], token: string | null, log: object }} service
 */
export function createWeb({ pool, followers, token, log, today = () => new Date() }) {
  const statuses = () => Object.fromEntries(followers.map((one) => [one.stream, one.status()]));

  const routes = {
    '/': async (url) => {
      const report = await readReport(pool, dayOf(url, today));
      return html(pageOf(report, statuses(), await countParked(pool)));
    },
    '/api/report': async (url) => {
      const report = await readReport(pool, dayOf(url, today));
      return json(200, { ...report, streams: statuses(), parked: await countParked(pool) });
    },
    '/style.css': async () => ({ status: 200, type: 'text/css; charset=utf-8', body: style }),
    '/health/live': async () => json(200, { status: 'live' }),
    '/health/ready': async (url, isTrusted) => {
      const parked = await countParked(pool).catch(() => null);
      const streams = isTrusted ? statuses() : statesOf(statuses());
      return json(parked === null ? 503 : 200, { database: parked !== null, parked, streams });
    },
  };
  const open = new Set(['/style.css', '/health/live', '/health/ready']);

  async function answer(request) {
    if (!URL.canParse(request.url, 'http://service')) return problem(400, 'The address cannot be read.');
    const url = new URL(request.url, 'http://service');
    const route = Object.hasOwn(routes, url.pathname) ? routes[url.pathname] : null;
    if (!route) return problem(404, 'There is nothing here.');
    if (!['GET', 'HEAD'].includes(request.method))
      return { ...problem(405, 'It can only be read.'), headers: { Allow: 'GET, HEAD' } };
    const isTrusted = mayRead(request.headers, token);
    if (!isTrusted && !open.has(url.pathname)) return refusal(token);
    try {
      return await route(url, isTrusted);
    } catch (failure) {
      if (failure instanceof DayRefused) return problem(400, failure.message);
      log.warn(`${url.pathname}: ${failure.message}`);
      return problem(503, 'The figures cannot be read at the moment.');
    }
  }

  const server = createServer(async (request, response) => {
    const { status, type, body, headers } = await answer(request);
    response.writeHead(status, { ...Guards, 'Content-Type': type, ...headers });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  server.requestTimeout = 10_000;
  return server;
}

/** How streams are doing, without positions, which tell how much is sold. */
function statesOf(statuses) {
  return Object.fromEntries(Object.entries(statuses).map(([stream, { state }]) => [stream, { state }]));
}

class DayRefused extends Error {}

/** The day that is asked for; today when none is. */
function dayOf(url, today) {
  const text = url.searchParams.get('day') ?? today().toISOString().slice(0, 10);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  if (!day || Number.isNaN(day.valueOf()) || !day.toISOString().startsWith(text) || text < '0001')
    throw new DayRefused('day: it is not a day such as 2026-01-31.');
  return text;
}

function refusal(token) {
  return token === null
    ? problem(403, 'Ask by the name localhost or by the address that it listens at.')
    : { ...problem(401, 'A token is needed.'), headers: { 'WWW-Authenticate': 'Basic realm="Daily report", charset="UTF-8"' } };
}

function html(body) {
  return { status: 200, type: 'text/html; charset=utf-8', body };
}

function json(status, content) {
  return { status, type: 'application/json', body: JSON.stringify(content) };
}

function problem(status, title) {
  return { status, type: 'application/problem+json', body: JSON.stringify({ status, title }) };
}

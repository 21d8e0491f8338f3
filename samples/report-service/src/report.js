import { inTransaction } from './database.js';

const Figures = `
  SELECT
    GROUPING(orders.store_id) = 1 AS is_total,
    orders.store_id,
    max(store.name) AS name,
    orders.currency,
    count(*)::integer AS orders,
    count(*) FILTER (WHERE ended.outcome = 'delivered')::integer AS delivered,
    coalesce(sum(orders.total) FILTER (WHERE ended.outcome = 'delivered'), 0)::text AS revenue,
    count(review.review_id)::integer AS reviews,
    max(rating.average) AS average,
    max(rating.count) AS rated
  FROM report.placed_order AS orders
  LEFT JOIN report.ended_order AS ended USING (order_id)
  LEFT JOIN report.review AS review ON review.order_id = orders.order_id AND review.is_published
  LEFT JOIN report.store AS store ON store.store_id = orders.store_id
  LEFT JOIN LATERAL (
    SELECT average, count FROM report.store_rating AS standing
    WHERE standing.store_id = orders.store_id AND standing.day <= $1::date
    ORDER BY standing.day DESC
    LIMIT 1
  ) AS rating ON true
  WHERE orders.placed_at >= $1::date::timestamp AT TIME ZONE 'UTC'
    AND orders.placed_at < ($1::date + 1)::timestamp AT TIME ZONE 'UTC'
  GROUP BY GROUPING SETS ((orders.store_id, orders.currency), (orders.currency))
  ORDER BY is_total, name NULLS LAST, orders.store_id, orders.currency`;

/**
 * The figures of the orders that were placed on a day (UTC): how many, how many of them reached their customer, what
 * those cost, how many have a review that can be read, and each store's rating at the end of the day.
 * @param {import('pg').Pool} pool the service's own database
 * @param {string} day such as 2026-01-31
 */
export async function readReport(pool, day) {
  const rows = await inTransaction(
    pool,
    async (db) => (await db.query(Figures, [day])).rows,
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  );
  return {
    day,
    stores: rows.filter((row) => !row.is_total).map(storeOf),
    totals: rows.filter((row) => row.is_total).map(figuresOf),
  };
}

/** How many events could not be handled and wait for a remedy. */
export async function countParked(pool) {
  return inTransaction(
    pool,
    async (db) => (await db.query('SELECT count(*)::integer AS parked FROM report.dead_letter')).rows[0].parked,
  );
}

/** Amounts are texts: a binary fraction could not hold all of them. */
function figuresOf({ currency, orders, delivered, revenue, reviews }) {
  return { currency, orders, delivered, revenue, reviews };
}

function storeOf(row) {
  return {
    storeId: row.store_id,
    name: row.name,
    ...figuresOf(row),
    rating: row.rated > 0 ? { average: row.average, count: row.rated } : null,
  };
}

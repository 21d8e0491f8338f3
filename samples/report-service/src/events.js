/**
 * What each event brings about, in one statement. `$1` is the body of the event, which the database reads itself, so
 * that money is never a binary fraction. A member that must be there and is not makes the statement fail.
 *
 * What an event does not name here, this service does not care for. A new version of an event is a line of its own.
 */

const Said = '$1::jsonb ->>';

const ended = (outcome, at) => `
  INSERT INTO report.ended_order (order_id, outcome, ended_at)
  VALUES ((${Said} 'orderId')::uuid, '${outcome}', (${Said} '${at}')::timestamptz)
  ON CONFLICT (order_id) DO NOTHING`;

/** @type {Readonly<Record<string, string>>} */
export const effects = Object.freeze({
  'orders.store-registered.v1': `
    INSERT INTO report.store (store_id, name, revision)
    VALUES ((${Said} 'storeId')::uuid, ${Said} 'name', 0)
    ON CONFLICT (store_id) DO NOTHING`,

  'orders.store-changed.v1': `
    INSERT INTO report.store (store_id, name, revision)
    VALUES ((${Said} 'storeId')::uuid, ${Said} 'name', (${Said} 'revision')::bigint)
    ON CONFLICT (store_id) DO UPDATE SET name = excluded.name, revision = excluded.revision
    WHERE store.revision < excluded.revision`,

  'orders.order-placed.v1': `
    INSERT INTO report.placed_order (order_id, store_id, total, currency, placed_at)
    VALUES (
      (${Said} 'orderId')::uuid,
      (${Said} 'storeId')::uuid,
      (${Said} 'total')::numeric,
      ${Said} 'currency',
      (${Said} 'placedAt')::timestamptz
    )
    ON CONFLICT (order_id) DO NOTHING`,

  'orders.order-delivered.v1': ended('delivered', 'deliveredAt'),
  'orders.order-cancelled.v1': ended('cancelled', 'cancelledAt'),
  'orders.order-rejected.v1': ended('rejected', 'rejectedAt'),
  'orders.order-expired.v1': ended('expired', 'expiredAt'),
  'orders.order-undeliverable.v1': ended('undeliverable', 'failedAt'),

  'reviews.review-published.v1': `
    INSERT INTO report.review (review_id, order_id, is_published)
    VALUES ((${Said} 'reviewId')::uuid, (${Said} 'orderId')::uuid, true)
    ON CONFLICT (review_id) DO UPDATE SET is_published = true`,

  'reviews.review-hidden.v1': `
    UPDATE report.review SET is_published = false WHERE review_id = (${Said} 'reviewId')::uuid`,

  'reviews.review-removed.v1': `
    UPDATE report.review SET is_published = false WHERE review_id = (${Said} 'reviewId')::uuid`,

  'reviews.store-rating-changed.v1': `
    INSERT INTO report.store_rating (store_id, day, average, count, revision)
    VALUES (
      (${Said} 'storeId')::uuid,
      ((${Said} 'changedAt')::timestamptz AT TIME ZONE 'UTC')::date,
      (${Said} 'average')::double precision,
      (${Said} 'count')::integer,
      (${Said} 'revision')::bigint
    )
    ON CONFLICT (store_id, day)
    DO UPDATE SET average = excluded.average, count = excluded.count, revision = excluded.revision
    WHERE store_rating.revision < excluded.revision`,
});

/** The streams that are followed: those of the events above. */
export const streams = [...new Set(Object.keys(effects).map((type) => type.slice(0, type.indexOf('.'))))];

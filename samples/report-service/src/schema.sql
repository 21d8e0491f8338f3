-- All that the service knows. It is made of what was said on the streams, and can be made again while outboxes keep it.
CREATE SCHEMA IF NOT EXISTS report;

-- How far each stream is handled, moved in the transaction of the effects.
CREATE TABLE IF NOT EXISTS report.cursor (
  stream text PRIMARY KEY,
  identity uuid,
  position bigint NOT NULL,
  event_id uuid
);

-- What could not be handled. Later events of the same subject wait behind it.
CREATE TABLE IF NOT EXISTS report.dead_letter (
  stream text NOT NULL,
  position bigint NOT NULL,
  event_id uuid NOT NULL,
  type text NOT NULL,
  subject uuid NOT NULL,
  body text NOT NULL,
  error text NOT NULL,
  PRIMARY KEY (stream, position)
);

CREATE TABLE IF NOT EXISTS report.store (
  store_id uuid PRIMARY KEY,
  name text NOT NULL,
  revision bigint NOT NULL
);

CREATE TABLE IF NOT EXISTS report.placed_order (
  order_id uuid PRIMARY KEY,
  store_id uuid NOT NULL,
  total numeric NOT NULL,
  currency text NOT NULL,
  placed_at timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS placed_order_by_day ON report.placed_order (placed_at);

CREATE TABLE IF NOT EXISTS report.ended_order (
  order_id uuid PRIMARY KEY,
  outcome text NOT NULL,
  ended_at timestamptz NOT NULL
);

CREATE TABLE IF NOT EXISTS report.review (
  review_id uuid PRIMARY KEY,
  order_id uuid NOT NULL,
  is_published boolean NOT NULL
);
CREATE INDEX IF NOT EXISTS review_by_order ON report.review (order_id);

-- What a store's reviews added up to at the end of each day on which that changed.
CREATE TABLE IF NOT EXISTS report.store_rating (
  store_id uuid NOT NULL,
  day date NOT NULL,
  average double precision NOT NULL,
  count integer NOT NULL,
  revision bigint NOT NULL,
  PRIMARY KEY (store_id, day)
);

/** The report as a page: without scripts, and readable without its style. */

export const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 64rem; margin: 0 auto; padding: 1rem; }
.scrolls { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; font-weight: 600; padding: 0.5rem 0; }
th, td { border-bottom: 1px solid #8888; padding: 0.4rem 0.75rem 0.4rem 0; text-align: start; }
th.number, td.number { text-align: end; font-variant-numeric: tabular-nums; }
tfoot th, tfoot td { font-weight: 600; }
input, button { font: inherit; min-height: 2.75rem; padding: 0 0.75rem; }
.notice { border-inline-start: 0.25rem solid #b45309; padding-inline-start: 0.75rem; }
`;

const Escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escape(text) {
  return String(text).replaceAll(/[&<>"']/g, (character) => Escapes[character]);
}

/**
 * @param {Awaited<ReturnType<import('./report.js').readReport>>} report what is shown
 * @param {Record<string, { state: string, lag: number | null }>} streams how far the figures may be behind
 * @param {number} parked how many events could not be handled
 */
export function pageOf(report, streams, parked) {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Daily report, ${escape(report.day)}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<main>
<h1>Daily report, <time datetime="${escape(report.day)}">${escape(report.day)}</time></h1>
<form method="get" action="/">
<label for="day">Day (UTC)</label>
<input id="day" name="day" type="date" required value="${escape(report.day)}">
<button>Show</button>
</form>
${noticesOf(streams, parked)}
${report.stores.length === 0 ? '<p>No orders were placed on this day.</p>' : tableOf(report)}
</main>
</body>
</html>
`;
}

function noticesOf(streams, parked) {
  const notices = Object.entries(streams)
    .filter(([, { state, lag }]) => state !== 'following' || lag > 0)
    .map(([stream, { state, lag }]) => `${stream}: ${state}, ${lag ?? 'an unknown number of'} events behind.`);
  if (parked > 0) notices.push(`${parked} events could not be handled and are missing in these figures.`);
  return notices.map((notice) => `<p class="notice" role="status">${escape(notice)}</p>`).join('\n');
}

function tableOf({ stores, totals }) {
  return `<div class="scrolls" role="region" aria-labelledby="caption" tabindex="0">
<table>
<caption id="caption">Orders placed on this day, by store</caption>
<thead>
<tr><th scope="col">Store</th>${['Orders', 'Delivered', 'Revenue', 'Reviews', 'Rating']
    .map((name) => `<th scope="col" class="number">${name}</th>`)
    .join('')}</tr>
</thead>
<tbody>
${stores.map((store) => rowOf(store.name ?? store.storeId, store, ratingOf(store))).join('\n')}
</tbody>
<tfoot>
${totals.map((total) => rowOf(`All stores, ${total.currency}`, total, '')).join('\n')}
</tfoot>
</table>
</div>`;
}

function rowOf(name, figures, rating) {
  const cells = [
    figures.orders,
    figures.delivered,
    `${figures.revenue} ${figures.currency}`,
    figures.reviews,
    rating,
  ];
  return `<tr><th scope="row">${escape(name)}</th>${cells
    .map((cell) => `<td class="number">${escape(cell)}</td>`)
    .join('')}</tr>`;
}

function ratingOf({ rating }) {
  return rating ? `${rating.average.toFixed(2)} of ${rating.count}` : 'none yet';
}

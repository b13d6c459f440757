// Failed tasks over time, one chart for each of the most frequent reasons.
import { html, useMemo } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { Card } from "../../ui/parts.js";
import { Chart } from "../../ui/chart.js";

const MOST_REASONS = 4;
const STEPS = 24;

export function Failures({ stats }) {
  const reasons = useMemo(() => seriesOf(stats), [stats.to]);
  return (
    reasons.length > 0 &&
    html`<h2>${t("workers.over-time")}</h2>
      <div class="columns">${reasons.map(({ reason, points }) => html`<${Card} key=${reason}><${Chart} title=${t(`problem.${reason}`)} points=${points} /></${Card}>`)}</div>`
  );
}

/** The counts of all task types together, with a zero for each step without failures. */
function seriesOf({ from, to, types }) {
  const start = Date.parse(from) / 1_000;
  const step = Math.max((Date.parse(to) / 1_000 - start) / STEPS, 60);
  const byReason = Map.groupBy(types.flatMap(({ failures }) => failures), ({ reason }) => reason);
  return [...byReason]
    .map(([reason, failures]) => {
      const counts = new Array(STEPS).fill(0);
      for (const { at, count } of failures.flatMap((one) => one.over_time)) {
        counts[Math.min(STEPS - 1, Math.round((Date.parse(at) / 1_000 - start) / step))] += count;
      }
      const total = failures.reduce((sum, { count }) => sum + count, 0);
      return { reason, total, points: counts.map((count, i) => [start + i * step, count]) };
    })
    .toSorted((one, other) => other.total - one.total)
    .slice(0, MOST_REASONS);
}

// A line over time. The chart is a picture; its last value is also told in words.
import UPlot from "../vendor/uplot.js";
import { html, useEffect, useRef } from "./html.js";
import { t } from "./text.js";
import { number, clock } from "./format.js";

const HEIGHT = 140;
const SHORTEST = 120; // seconds

/** @param points [[seconds, value], …], the oldest first */
export function Chart({ title, points }) {
  const place = useRef();
  const chart = useRef();
  useEffect(() => {
    const element = place.current;
    const size = () => ({ width: element.clientWidth, height: HEIGHT });
    chart.current = new UPlot({ ...size(), ...looks(element) }, [[], []], element);
    // The element is also resized when it goes away, before the effect ends.
    const watch = new ResizeObserver(() => element.isConnected && chart.current.setSize(size()));
    watch.observe(element);
    return () => {
      watch.disconnect();
      chart.current.destroy();
    };
  }, []);
  useEffect(() => {
    // One point is no line, and has no scale of time.
    const drawn = points.length > 1 ? points : [];
    chart.current.setData([drawn.map(([at]) => at), drawn.map(([, value]) => value)]);
  }, [points]);
  const last = points.at(-1)?.[1];
  return html`<figure class="chart">
    <figcaption>${title} <small>${last !== undefined && t("overview.chart-now", { value: number(last) })}</small></figcaption>
    <div ref=${place} aria-hidden="true"></div>
  </figure>`;
}

/** The colours of the page: those of an element, because a canvas knows no variables. */
function looks(element) {
  const { color, borderTopColor: line, outlineColor: accent, fontFamily } = getComputedStyle(element);
  const axis = { stroke: color, grid: { stroke: line, width: 1 }, ticks: { show: false }, font: `12px ${fontFamily}` };
  return {
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { range: (chart, low, high) => (high === null ? [Date.now() / 1_000 - SHORTEST, Date.now() / 1_000] : [Math.min(low, high - SHORTEST), high]) },
      y: { range: (chart, low, high) => [0, Math.max(1, high * 1.1)] },
    },
    series: [{}, { stroke: accent, width: 2, points: { show: false }, spanGaps: true }],
    axes: [
      { ...axis, size: 24, space: 90, values: (chart, ticks) => ticks.map((seconds) => clock(seconds * 1_000)) },
      { ...axis, size: 44, values: (chart, ticks) => ticks.map((value) => number(value)) },
    ],
  };
}

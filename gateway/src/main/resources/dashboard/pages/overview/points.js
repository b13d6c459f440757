// The points of the live charts: what was read while the page is open.
import { useMemo, useRef } from "../../ui/html.js";

const MOST = 240;

/** @param at the time of the reading, by the database's clock */
export function usePoints(at, { waiting, ended }) {
  const read = useRef([]);
  return useMemo(() => {
    const seconds = Date.parse(at) / 1_000;
    read.current = [...read.current, { seconds, waiting, ended }].slice(-MOST);
    const all = read.current;
    return {
      queue: all.map((one) => [one.seconds, one.waiting]),
      rate: all.slice(1).map((one, i) => [one.seconds, Math.max(0, ((one.ended - all[i].ended) / (one.seconds - all[i].seconds)) * 60)]),
    };
  }, [at]);
}

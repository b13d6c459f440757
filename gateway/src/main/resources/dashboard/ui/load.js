// What a page reads from the API, and how it shows that it waits, failed or is out of date.
import { useState, useEffect, useCallback, useRef } from "./html.js";
import { get, isPassing } from "./api.js";

const RETRY_AFTER = 3_000;

/**
 * Reads a path: {value, problem, again}. `every` reads it again after so many milliseconds. After a failure the last value
 * stays, and reading goes on. A path of null reads nothing.
 */
export function useLoad(path, every) {
  const [state, setState] = useState({ path });
  const [round, setRound] = useState(0);
  const path_ = useRef(path);
  path_.current = path;
  useEffect(() => {
    if (path === null) {
      return undefined;
    }
    const controller = new AbortController();
    let timer;
    const later = (delay) => (timer = setTimeout(read, delay));
    const read = () =>
      get(path, controller.signal).then(
        (value) => {
          setState({ path, value });
          every && later(document.hidden ? every * 5 : every);
        },
        (problem) => {
          if (!controller.signal.aborted) {
            setState((last) => ({ path, value: last.path === path ? last.value : undefined, problem }));
            isPassing(problem) && later(RETRY_AFTER);
          }
        },
      );
    read();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [path, every, round]);
  const again = useCallback(() => setRound((last) => last + 1), []);
  return { ...(state.path === path ? state : {}), again };
}

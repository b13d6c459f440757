// The address after # is a path and a query: #/tasks?status=FAILURE. So it can be kept, sent and opened again.
import { useState, useEffect } from "./html.js";

export function here() {
  const [path, query] = location.hash.slice(1).split("?");
  return { path: path || "/", query: new URLSearchParams(query) };
}

/** The address of a page. Values that are empty are left out. */
export function to(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const text = new URLSearchParams(given).toString();
  return `#${path}${text && `?${text}`}`;
}

export function go(address) {
  location.hash = address;
}

/** Changes the query without a new entry in the history. */
export function replace(address) {
  history.replaceState(null, "", address);
  dispatchEvent(new HashChangeEvent("hashchange"));
}

export function usePlace() {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const moved = () => setPlace(here());
    addEventListener("hashchange", moved);
    return () => removeEventListener("hashchange", moved);
  }, []);
  return place;
}

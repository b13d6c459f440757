// Says when the browser has no network, and when a live connection is lost.
import { html, useState, useEffect } from "./html.js";
import { t } from "./text.js";

export function Offline() {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const changed = () => setOnline(navigator.onLine);
    addEventListener("online", changed);
    addEventListener("offline", changed);
    return () => {
      removeEventListener("online", changed);
      removeEventListener("offline", changed);
    };
  }, []);
  return !online && html`<p class="banner" role="status">${t("state.offline")}</p>`;
}

/** @param connected undefined while the first connection is made */
export function Connection({ connected }) {
  const state = connected === undefined ? "connecting" : connected ? "live" : "reconnecting";
  return html`<span class="connection ${state}">${t(`state.${state}`)}</span>`;
}

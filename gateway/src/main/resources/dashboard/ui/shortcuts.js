// Keys for what is done often. They do nothing while a text is typed.
import { html, useEffect, useRef } from "./html.js";
import { t } from "./text.js";
import { go, to } from "./router.js";

const PLACES = { o: "/", t: "/tasks", n: "/new", i: "/import", s: "/sheets", p: "/payables", w: "/workers" };
const NAMES = { o: "overview", t: "tasks", n: "new", i: "import", s: "sheets", p: "payables", w: "workers" };

export function Shortcuts() {
  const dialog = useRef();
  useEffect(() => {
    const pressed = (event) => {
      const typing = event.target.closest("input, select, textarea, dialog");
      if (typing || event.ctrlKey || event.altKey || event.metaKey) {
        return;
      }
      if (event.key === "?") {
        dialog.current.showModal();
      } else if (event.key in PLACES) {
        go(to(PLACES[event.key]));
      }
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
  return html`<button type="button" class="plain" onClick=${() => dialog.current.showModal()}>${t("keys.title")} <kbd>?</kbd></button>
    <dialog ref=${dialog} aria-labelledby="keys-title">
      <h2 id="keys-title">${t("keys.title")}</h2>
      <dl class="keys">
        ${Object.entries(NAMES).map(([key, name]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${t(`nav.${name}`)}</dd></div>`)}
        <div><dt><kbd>?</kbd></dt><dd>${t("keys.this")}</dd></div>
      </dl>
      <form method="dialog"><button>${t("keys.close")}</button></form>
    </dialog>`;
}

import { html, useState, useRef } from "../../ui/html.js";
import { t } from "../../ui/text.js";

/** A place to drop a file, with a button that chooses one. */
export function Drop({ onFile, small }) {
  const [over, setOver] = useState(false);
  const input = useRef();
  const dropped = (event) => {
    event.preventDefault();
    setOver(false);
    event.dataTransfer.files[0] && onFile(event.dataTransfer.files[0]);
  };
  const enter = (event) => {
    event.preventDefault();
    setOver(true);
  };
  const chosen = (event) => {
    event.target.files[0] && onFile(event.target.files[0]);
    event.target.value = "";
  };
  return html`<div class="drop ${over ? "over" : ""} ${small ? "small-drop" : ""}" onDragEnter=${enter} onDragOver=${enter} onDragLeave=${() => setOver(false)} onDrop=${dropped}>
    <p>${t("import.drop")}</p>
    <input ref=${input} type="file" accept=".csv,.txt,.tsv,.gz,text/csv" class="hidden" tabindex="-1" aria-hidden="true" onChange=${chosen} />
    <button type="button" class=${small ? "" : "primary"} onClick=${() => input.current.click()}>${t(small ? "import.other" : "import.choose")}</button>
    ${!small && html`<p class="small">${t("import.hint")}</p>`}
  </div>`;
}

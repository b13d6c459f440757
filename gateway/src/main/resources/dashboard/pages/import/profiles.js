// Profiles: the options of a file under a name. A file with the same header is recognised.
import { html, useState } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { useLoad } from "../../ui/load.js";
import { put } from "../../ui/api.js";
import { announce } from "../../ui/announce.js";
import { Card, Action } from "../../ui/parts.js";

const NAME = "[A-Za-z0-9._-]{1,100}";

/** The profiles that were kept for files with these columns. */
export function Known({ columns, onUse }) {
  const profiles = useLoad("import-profiles?limit=200");
  const header = columns.map(({ name }) => plain(name)).join("\n");
  const fitting = (profiles.value?.data ?? []).filter((one) => one.header?.map(plain).join("\n") === header);
  return (
    fitting.length > 0 &&
    html`<${Card} title=${t("profile.known")}>
      <p class="actions">${fitting.map(({ name }) => html`<button key=${name} type="button" onClick=${() => onUse(new URLSearchParams({ profile: name }).toString())}>${t("profile.use", { name })}</button>`)}</p>
    </${Card}>`
  );
}

function plain(name) {
  return name.trim().toLowerCase();
}

/** Keeps the options of a query under a name. */
export function Keep({ query, columns }) {
  const [name, setName] = useState("");
  const [kept, setKept] = useState();
  const options = Object.fromEntries(new URLSearchParams(query));
  if ("profile" in options) {
    return null;
  }
  const keep = async () => {
    await put(`import-profiles/${encodeURIComponent(name)}`, { options, header: columns.map((column) => column.name) });
    setKept(name);
    announce(t("profile.kept", { name }));
  };
  return html`<details>
    <summary>${t("profile.keep")}</summary>
    <div class="actions">
      <label class="field">${t("profile.name")}<input value=${name} pattern=${NAME} maxlength="100" autocomplete="off" onInput=${(event) => setName(event.target.value)} /></label>
      ${new RegExp(`^${NAME}$`).test(name) && html`<${Action} act=${keep}>${t("profile.save")}</${Action}>`}
      ${kept && html`<span>${t("profile.kept", { name: kept })}</span>`}
    </div>
    <p class="small">${t("profile.rule")}</p>
  </details>`;
}

// The filters of GET /audit-events: who, what, about which object, and when.
import { html } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { useLoad } from "../../ui/load.js";
import { local } from "../tasks/filters.js";

const NAMES = ["who", "what", "which", "from", "to"];
const MOST_USERS = 200;

/** Each code has its text, event.<code>. */
export const CODES = [
  "login.succeeded",
  "login.failed",
  "login.reused",
  "logout",
  "user.created",
  "user.changed",
  "roles.changed",
  "password.changed",
  "password.refused",
  "api-key.created",
  "api-key.deleted",
  "task.submitted",
  "task.cancelled",
  "task.retried",
  "import.submitted",
  "import.corrected",
  "tasks.cancelled",
  "tasks.retried",
  "import.undone",
  "sheet.downloaded",
];

/** The filters in the address that the API has. */
export function filterOf(query) {
  return Object.fromEntries(NAMES.filter((name) => query.get(name)).map((name) => [name, query.get(name)]));
}

export function Filters({ filter, onChange }) {
  const users = useLoad(`users?limit=${MOST_USERS}`).value?.data ?? [];
  const set = (name) => (event) => onChange({ ...filter, [name]: event.target.value.trim() });
  const setTime = (name) => (event) =>
    onChange({ ...filter, [name]: event.target.value && new Date(event.target.value).toISOString() });
  const isKnown = users.some((user) => String(user.id) === filter.who);
  return html`<form class="filters" onSubmit=${(event) => event.preventDefault()}>
    <label>${t("audit.who")}
      <select value=${filter.who ?? ""} onChange=${set("who")}>
        <option value="">${t("audit.anybody")}</option>
        ${users.map((user) => html`<option key=${user.id} value=${user.id}>${user.username}</option>`)}
        ${filter.who && !isKnown && html`<option value=${filter.who}>${filter.who}</option>`}
      </select>
    </label>
    <label>${t("audit.what")}
      <select value=${filter.what ?? ""} onChange=${set("what")}>
        <option value="">${t("audit.anything")}</option>
        ${CODES.map((code) => html`<option key=${code} value=${code}>${t(`event.${code}`)}</option>`)}
        ${filter.what && !CODES.includes(filter.what) && html`<option value=${filter.what}>${filter.what}</option>`}
      </select>
    </label>
    <label>${t("audit.which")}<input value=${filter.which ?? ""} onChange=${set("which")} autocapitalize="none" spellcheck="false" /></label>
    <label>${t("audit.from")}<input type="datetime-local" value=${local(filter.from)} onChange=${setTime("from")} /></label>
    <label>${t("audit.to")}<input type="datetime-local" value=${local(filter.to)} onChange=${setTime("to")} /></label>
    ${Object.keys(filter).length > 0 && html`<button type="button" onClick=${() => onChange({})}>${t("audit.all")}</button>`}
  </form>`;
}

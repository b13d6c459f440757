// The filters of GET /tasks: status, type, when the task was submitted, and by whom. A hyphen before a status or a type excludes it.
import { html } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { useLoad } from "../../ui/load.js";
import { useAccess } from "../../ui/session.js";

const NAMES = ["status", "task", "from", "to"];
export const STATUSES = ["PENDING", "STARTED", "RETRY", "SUCCESS", "FAILURE", "REVOKED"];

/** The filters in the address that the API has. */
export function filterOf(query) {
  const filter = Object.fromEntries(NAMES.filter((name) => query.get(name)).map((name) => [name, query.get(name)]));
  const user = Number(query.get("submitted_by"));
  return user > 0 ? { ...filter, submitted_by: user } : filter;
}

export function Filters({ filter, onChange }) {
  const types = useLoad("task-types");
  const { user } = useAccess();
  const set = (name) => (event) => onChange({ ...filter, [name]: event.target.value });
  const setTime = (name) => (event) =>
    onChange({ ...filter, [name]: event.target.value && new Date(event.target.value).toISOString() });
  return html`<form class="filters" onSubmit=${(event) => event.preventDefault()}>
    <label>${t("tasks.status")}
      <select value=${filter.status ?? ""} onChange=${set("status")}>
        <${Choices} values=${STATUSES} text=${(status) => t(`status.${status}`)} />
      </select>
    </label>
    <label>${t("tasks.type")}
      <select value=${filter.task ?? ""} onChange=${set("task")}>
        <${Choices} values=${types.value?.data.map(({ name }) => name) ?? []} text=${(name) => t(`type.${name}`)} />
      </select>
    </label>
    <label>${t("tasks.from")}<input type="datetime-local" value=${local(filter.from)} onChange=${setTime("from")} /></label>
    <label>${t("tasks.to")}<input type="datetime-local" value=${local(filter.to)} onChange=${setTime("to")} /></label>
    ${user &&
    html`<label>${t("tasks.by")}
      <select value=${filter.submitted_by ?? ""} onChange=${set("submitted_by")}>
        <option value="">${t("tasks.anybody")}</option>
        <option value=${user.id}>${t("tasks.me")}</option>
        ${filter.submitted_by && filter.submitted_by !== user.id && html`<option value=${filter.submitted_by}>${filter.submitted_by}</option>`}
      </select>
    </label>`}
    ${Object.keys(filter).length > 0 && html`<button type="button" onClick=${() => onChange({})}>${t("tasks.all")}</button>`}
  </form>`;
}

/** Everything, one value, or everything but one value. */
function Choices({ values, text }) {
  return html`<option value="">${t("tasks.any")}</option>
    ${values.map((value) => html`<option key=${value} value=${value}>${text(value)}</option>`)}
    <optgroup label=${t("tasks.others")}>
      ${values.map((value) => html`<option key=${value} value=${`-${value}`}>${t("tasks.not", { value: text(value) })}</option>`)}
    </optgroup>`;
}

/** An instant as the field shows it: in the reader's time zone, to the minute. */
export function local(instant) {
  if (!instant) {
    return "";
  }
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? "" : new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

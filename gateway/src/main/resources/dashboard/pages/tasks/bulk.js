// Cancels or retries all tasks that match the filters, by a task. Its tasks are fixed when the reader confirms.
import { html, useState, useRef, useEffect } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { to, go } from "../../ui/router.js";
import { get, post } from "../../ui/api.js";
import { number } from "../../ui/format.js";
import { Action, Failure, Loading, ENDS } from "../../ui/parts.js";

const RETRYABLE = ["FAILURE", "REVOKED"];

export function Bulk({ filter }) {
  const [action, setAction] = useState();
  return html`<div class="chosen">
    <span>${t("bulk.label")}</span>
    ${mayMatch(filter.status, (status) => !ENDS.includes(status)) && html`<button type="button" onClick=${() => setAction("cancel")}>${t("bulk.cancel")}</button>`}
    ${mayMatch(filter.status, (status) => RETRYABLE.includes(status)) && html`<button type="button" onClick=${() => setAction("retry")}>${t("bulk.retry")}</button>`}
    ${action && html`<${Confirmation} action=${action} filter=${filter} close=${() => setAction(undefined)} />`}
  </div>`;
}

/** Whether tasks with such a status can match. */
function mayMatch(status, isSuch) {
  return !status || status.startsWith("-") || isSuch(status);
}

/** Counts the tasks, and asks. */
function Confirmation({ action, filter, close }) {
  const dialog = useRef();
  const [state, setState] = useState({});
  useEffect(() => {
    dialog.current.showModal();
    get(`tasks/count?${new URLSearchParams(filter)}`).then(
      (count) => setState({ tasks: count[action], most: count.most }),
      (problem) => setState({ problem }),
    );
  }, []);
  const submit = async () => {
    const task = await post(`tasks/${action}`, filter);
    go(to(`/tasks/${task.task_id}`));
  };
  const { tasks, most, problem } = state;
  const count = tasks !== undefined && number(tasks);
  return html`<dialog ref=${dialog} class="ask" aria-labelledby="bulk-title" onClose=${close}>
    <h2 id="bulk-title">${t(`bulk.${action}-title`)}</h2>
    <div aria-live="polite">
      ${problem && html`<${Failure} problem=${problem} />`}
      ${!problem && tasks === undefined && html`<${Loading} />`}
      ${tasks === 0 && html`<p>${t(`bulk.${action}-none`)}</p>`}
      ${tasks > most && html`<p>${t("bulk.too-many", { most: number(most) })}</p>`}
      ${tasks > 0 && tasks <= most && html`<p><strong>${t(`bulk.${action}-count`, { count })}</strong></p><p>${t("bulk.note")}</p>`}
    </div>
    <div class="actions">
      ${tasks > 0 && tasks <= most && html`<${Action} act=${submit} className=${action === "cancel" ? "danger" : "primary"}>${t(`bulk.${action}-confirm`)}</${Action}>`}
      <button type="button" onClick=${() => dialog.current.close()}>${t("bulk.close")}</button>
    </div>
  </dialog>`;
}

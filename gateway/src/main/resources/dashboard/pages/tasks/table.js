import { html } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { to } from "../../ui/router.js";
import { describe } from "../../ui/describe.js";
import { duration } from "../../ui/format.js";
import { Table, Status, Time, Progress, ENDS } from "../../ui/parts.js";

/** @param onChoose is told the chosen ids; false if the reader cannot choose tasks */
export function TaskTable({ tasks, chosen, onChoose }) {
  const toggle = (id) => () => {
    const changed = new Set(chosen);
    changed.delete(id) || changed.add(id);
    onChoose(changed);
  };
  const head = [
    ...(onChoose ? [html`<span class="hidden">${t("tasks.choose")}</span>`] : []),
    ...["status", "type", "about", "progress", "submitted", "duration", "attempt"].map((name) => t(`tasks.${name}`)),
  ];
  return html`<${Table} caption=${t("nav.tasks")} head=${head} numbers=${[head.length - 2, head.length - 1]}>
    ${tasks.map(
      (task) => html`<tr key=${task.task_id}>
        ${onChoose && html`<td><input type="checkbox" aria-label=${t("tasks.choose-one", { id: task.task_id })} checked=${chosen.has(task.task_id)} onChange=${toggle(task.task_id)} /></td>`}
        <td><${Status} status=${task.status} /></td>
        <td><a href=${to(`/tasks/${task.task_id}`)}>${t(`type.${task.task}`)}</a></td>
        <td class="about">${describe(task)}${task.error && task.status !== "SUCCESS" && html`<br /><small>${errorText(task.error)}</small>`}</td>
        <td>${running(task)}</td>
        <td><${Time} at=${task.created_at} /></td>
        <td class="number">${took(task)}</td>
        <td class="number">${task.attempt > 0 ? `${task.attempt}/${task.max_attempts}` : "–"}</td>
      </tr>`,
    )}
  </${Table}>`;
}

function errorText(error) {
  return t(`problem.${error.type.split(":").at(-1)}`);
}

function running(task) {
  if (task.status === "STARTED" && task.progress) {
    return html`<${Progress} progress=${task.progress} label=${t("tasks.progress-of", { id: task.task_id })} since=${task.started_at} />`;
  }
  return "";
}

/** From the first attempt to the end. */
function took({ status, started_at, date_done }) {
  return ENDS.includes(status) && started_at ? duration(Date.parse(date_done) - Date.parse(started_at)) : "–";
}

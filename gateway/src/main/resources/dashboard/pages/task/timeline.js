import { html } from "../../ui/html.js";
import { t, has } from "../../ui/text.js";
import { duration } from "../../ui/format.js";
import { Status, Time } from "../../ui/parts.js";

/** Every change of the status, with its attempt, its worker, its reason and the time since the change before. */
export function Timeline({ events }) {
  return html`<ol class="timeline">
    ${events.map((event, i) => html`<li key=${event.seq} class=${event.status.toLowerCase()}>
      <p><${Status} status=${event.status} /> <${Time} at=${event.at} />
        ${i > 0 && html` <small>${t("task.after", { time: duration(Date.parse(event.at) - Date.parse(events[i - 1].at)) })}</small>`}</p>
      ${event.attempt > 0 && html`<p class="small">${t("task.by", { attempt: event.attempt, worker: event.worker_id ?? "–" })}</p>`}
      ${event.reason && html`<p>${has(`reason.${event.reason}`) ? t(`reason.${event.reason}`) : t(`problem.${event.reason}`)}</p>`}
    </li>`)}
  </ol>`;
}

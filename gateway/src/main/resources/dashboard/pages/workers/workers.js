// Who is alive, what each worker does, and how long tasks wait and take.
import { html } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { to } from "../../ui/router.js";
import { useLoad } from "../../ui/load.js";
import { serverNow } from "../../ui/api.js";
import { number, duration } from "../../ui/format.js";
import { Page, Loaded, Table, Time, Empty } from "../../ui/parts.js";
import { Failures } from "./failures.js";

const REFRESH = 3_000;

export default function Workers() {
  const workers = useLoad("workers", REFRESH);
  const stats = useLoad("stats", REFRESH * 2);
  return html`<${Page} title=${t("nav.workers")}>
    <${Loaded} of=${workers}>${({ data }) =>
      data.length === 0 ? html`<${Empty} title=${t("workers.none")}><p>${t("workers.none-cure")}</p></${Empty}>` : html`<${Alive} workers=${data} />`}</${Loaded}>
    <h2>${t("workers.types")}</h2>
    <${Loaded} of=${stats}>${(read) => html`<${Types} types=${read.types} /><${Reasons} types=${read.types} /><${Failures} stats=${read} />`}</${Loaded}>
  </${Page}>`;
}

function Alive({ workers }) {
  return html`<${Table} caption=${t("nav.workers")} head=${["worker", "slots", "runs", "seen"].map((name) => t(`workers.${name}`))}>
    ${workers.map((worker) => html`<tr key=${worker.id}>
      <th scope="row">${worker.id}</th>
      <td><meter min="0" max=${worker.slots} value=${worker.running.length} aria-label=${t("workers.slots")}></meter> ${worker.running.length}/${worker.slots}</td>
      <td>${worker.running.length === 0
        ? t("workers.idle")
        : html`<ul>${worker.running.map((one) => html`<li key=${one.task_id}><a href=${to(`/tasks/${one.task_id}`)}>${t(`type.${one.task}`)}</a> <small>${duration(serverNow() - Date.parse(one.since))}</small></li>`)}</ul>`}</td>
      <td><${Time} at=${worker.seen_at} /></td>
    </tr>`)}
  </${Table}>`;
}

const COUNTS = ["waiting", "running", "submitted", "succeeded", "failed", "revoked"];

function Types({ types }) {
  if (types.length === 0) {
    return html`<${Empty} title=${t("workers.nothing")} />`;
  }
  const head = [t("tasks.type"), t("overview.waiting"), t("overview.running"), ...["submitted", "succeeded", "failed", "revoked", "per-minute", "waits", "took"].map((name) => t(`workers.${name}`))];
  return html`<${Table} caption=${t("workers.types")} head=${head} numbers=${[1, 2, 3, 4, 5, 6, 7, 8, 9]}>
    ${types.map((type) => html`<tr key=${type.task}>
      <th scope="row"><a href=${to("/tasks", { task: type.task })}>${t(`type.${type.task}`)}</a></th>
      ${COUNTS.map((name) => html`<td key=${name} class="number">${number(type[name])}</td>`)}
      <td class="number">${number(type.submitted_per_minute)}</td>
      <td class="number">${times(type.waiting_ms)}</td>
      <td class="number">${times(type.running_ms)}</td>
    </tr>`)}
  </${Table}>`;
}

function times(measured) {
  return measured ? `${duration(measured.p50)}, ${duration(measured.p95)}` : "–";
}

function Reasons({ types }) {
  const failures = types.flatMap((type) => type.failures.map((failure) => ({ ...failure, task: type.task })));
  return (
    failures.length > 0 &&
    html`<h2>${t("workers.reasons")}</h2>
      <${Table} caption=${t("workers.reasons")} head=${[t("tasks.type"), t("workers.reason"), t("workers.count")]} numbers=${[2]}>
        ${failures.map((one) => html`<tr key=${one.task + one.reason}>
          <td>${t(`type.${one.task}`)}</td>
          <td>${t(`problem.${one.reason}`)}</td>
          <td class="number"><a href=${to("/tasks", { status: "FAILURE", task: one.task })}>${number(one.count)}</a></td>
        </tr>`)}
      </${Table}>`
  );
}

// What runs, waits and failed; at the top, in words, what needs a person.
import { html, useState } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { to } from "../../ui/router.js";
import { useLoad } from "../../ui/load.js";
import { useTasks } from "../../ui/live.js";
import { may } from "../../ui/session.js";
import { number } from "../../ui/format.js";
import { Page, Card, Loaded, Empty, Table, Status, Time, Progress } from "../../ui/parts.js";
import { Connection } from "../../ui/offline.js";
import { Chart } from "../../ui/chart.js";
import { describe } from "../../ui/describe.js";
import { usePoints } from "./points.js";
import { Slots } from "./slots.js";

const DAY = 86_400_000;
const REFRESH = 5_000;
const RECENT = 8;

export default function Overview() {
  const [since] = useState(() => new Date(Date.now() - DAY).toISOString());
  const stats = useLoad(`stats?from=${since}`, REFRESH);
  const workers = useLoad("workers", REFRESH);
  const { tasks, connected } = useTasks({});
  const isNew = tasks?.length === 0;
  return html`<${Page} title=${t("nav.overview")} actions=${html`<${Connection} connected=${connected} />`}>
    ${isNew && html`<${Empty} title=${t("overview.empty")}>${may("clerk") && html`<p><a class="button primary" href=${to("/import")}>${t("nav.import")}</a></p>`}</${Empty}>`}
    <${Loaded} of=${stats}>${(value) => html`<${Today} stats=${value} workers=${workers.value} since=${since} />`}</${Loaded}>
    <${Card} title=${t("overview.slots")}><${Loaded} of=${workers}>${({ data }) => html`<${Slots} workers=${data} />`}</${Loaded}></${Card}>
    ${tasks?.length > 0 && html`<h2>${t("overview.recent")}</h2><${Recent} tasks=${tasks.slice(0, RECENT)} />`}
  </${Page}>`;
}

function Today({ stats, workers, since }) {
  const sum = (name) => stats.types.reduce((total, type) => total + type[name], 0);
  const now = { waiting: sum("waiting"), running: sum("running"), succeeded: sum("succeeded"), failed: sum("failed"), ended: sum("succeeded") + sum("failed") + sum("revoked") };
  const { queue, rate } = usePoints(stats.to, now);
  return html`
    <${Attention} now=${now} workers=${workers} since=${since} />
    <ul class="numbers">
      <${Figure} name="waiting" value=${now.waiting} href=${to("/tasks", { status: "PENDING" })} />
      <${Figure} name="running" value=${now.running} href=${to("/tasks", { status: "STARTED" })} />
      <${Figure} name="done" value=${now.succeeded} href=${to("/tasks", { status: "SUCCESS", from: since })} />
      <${Figure} name="failures" value=${now.failed} href=${to("/tasks", { status: "FAILURE", from: since })} />
    </ul>
    <div class="columns">
      <${Card}><${Chart} title=${t("overview.throughput")} points=${rate} /></${Card}>
      <${Card}><${Chart} title=${t("overview.queue")} points=${queue} /></${Card}>
    </div>
  `;
}

function Figure({ name, value, href }) {
  return html`<li><a class="card figure" href=${href}><b>${number(value)}</b> <span>${t(`overview.${name}`)}</span></a></li>`;
}

function Attention({ now, workers, since }) {
  const slots = workers?.data.reduce((total, worker) => total + worker.slots, 0);
  const free = workers?.data.reduce((total, worker) => total + worker.free_slots, 0);
  const needs = [
    slots === 0 && html`<a href=${to("/workers")}>${t("overview.no-workers")}</a>`,
    slots > 0 && free === 0 && now.waiting > 0 && html`<a href=${to("/workers")}>${t("overview.full", { slots: number(slots), waiting: number(now.waiting) })}</a>`,
    now.failed > 0 && html`<a href=${to("/tasks", { status: "FAILURE", from: since })}>${t("overview.failed", { count: number(now.failed) })}</a>`,
  ].filter(Boolean);
  return html`<${Card} title=${t("overview.attention")}>
    ${needs.length === 0 ? html`<p class="fine">${t("overview.fine")}</p>` : html`<ul class="needs">${needs.map((one, i) => html`<li key=${i}>${one}</li>`)}</ul>`}
  </${Card}>`;
}

function Recent({ tasks }) {
  return html`<${Table} caption=${t("overview.recent")} head=${["status", "type", "about", "progress", "submitted"].map((name) => t(`tasks.${name}`))}>
    ${tasks.map((task) => html`<tr key=${task.task_id}>
      <td><${Status} status=${task.status} /></td>
      <td><a href=${to(`/tasks/${task.task_id}`)}>${t(`type.${task.task}`)}</a></td>
      <td>${describe(task)}</td>
      <td>${task.status === "STARTED" && task.progress && html`<${Progress} progress=${task.progress} label=${t("tasks.progress-of", { id: task.task_id })} since=${task.started_at} />`}</td>
      <td><${Time} at=${task.created_at} /></td>
    </tr>`)}
  </${Table}>`;
}

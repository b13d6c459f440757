// One task: what it is, what happened to it, and what can be done.
import { html, useEffect, useRef } from "../../ui/html.js";
import { t, has } from "../../ui/text.js";
import { to, go } from "../../ui/router.js";
import { useLoad } from "../../ui/load.js";
import { useEvents } from "../../ui/live.js";
import { post } from "../../ui/api.js";
import { may } from "../../ui/session.js";
import { announce } from "../../ui/announce.js";
import { describe } from "../../ui/describe.js";
import { Page, Card, Status, Facts, Time, Progress, Failure, Loaded, Action, ENDS } from "../../ui/parts.js";
import { Connection } from "../../ui/offline.js";
import { Timeline } from "./timeline.js";
import { Result } from "./result.js";
import { Parameters, Command } from "./parameters.js";

export default function TaskPage({ id }) {
  const read = useLoad(`tasks/${encodeURIComponent(id)}`);
  const live = useEvents(id);
  const seq = live.events.at(-1)?.seq;
  const stale = read.value && seq > read.value.seq;
  useEffect(() => {
    stale && read.again();
  }, [stale, seq]);
  return read.value
    ? html`<${Task} task=${read.value} live=${live} />`
    : html`<${Page} title=${t("nav.tasks")}><${Loaded} of=${read} /></${Page}>`;
}

function Task({ task, live }) {
  const ended = ENDS.includes(task.status);
  useSpokenStatus(task.status);
  const progress = live.attempt === task.attempt ? live.progress : task.progress;
  return html`<${Page} title=${t(`type.${task.task}`)} actions=${html`${!ended && html`<${Connection} connected=${live.connected} />`}<${Actions} task=${task} />`}>
    <p class="lead"><${Status} status=${task.status} /> ${describe(task)}</p>
    ${task.status === "STARTED" && progress && html`<${Progress} progress=${progress} label=${t("tasks.progress")} since=${startOf(live.events, task)} />`}
    ${task.status === "PENDING" && html`<p>${waiting(task)}</p>`}
    ${task.error && task.status !== "SUCCESS" && html`<${Failure} problem=${asked(task) ? { type: task.error.type } : task.error} />`}
    <${Result} task=${task} />
    <div class="columns">
      <${Card} title=${t("task.history")}><${Timeline} events=${live.events} /></${Card}>
      <${Card} title=${t("task.facts")}>
        <${Facts} facts=${[
          [t("task.id"), html`<code>${task.task_id}</code>`],
          [t("tasks.submitted"), html`<${Time} at=${task.created_at} />`],
          [t("tasks.by"), task.submitted_by && html`<${Submitter} id=${task.submitted_by} />`],
          [t("task.eta"), task.eta && html`<${Time} at=${task.eta} />`],
          [t("task.ended"), task.date_done && html`<${Time} at=${task.date_done} />`],
          [t("task.expires"), task.expires_at && html`<${Time} at=${task.expires_at} />`],
          [t("tasks.attempt"), task.attempt > 0 && t("task.attempt-of", { attempt: task.attempt, most: task.max_attempts })],
          [t("task.priority"), String(task.priority)],
          [t("task.retry-of"), task.retry_of && html`<a href=${to(`/tasks/${task.retry_of}`)}>${task.retry_of.slice(0, 8)}</a>`],
        ]} />
      </${Card}>
      <${Card} title=${t("task.parameters")}><${Parameters} task=${task} /></${Card}>
      <${Card} title=${t("task.curl")}><${Command} task=${task} /></${Card}>
    </div>
  </${Page}>`;
}

/** The name of a user, or the id until it is read. */
function Submitter({ id }) {
  const read = useLoad(`users/${id}`);
  return html`<a href=${to("/tasks", { submitted_by: id })}>${read.value?.name ?? id}</a>`;
}

function Actions({ task }) {
  const open = async (path) => go(to(`/tasks/${(await post(path)).task_id}`));
  const { task_id: id, status } = task;
  if (!may("clerk")) {
    return null;
  }
  return html`
    ${!ENDS.includes(status) && html`<${Action} act=${() => post(`tasks/${id}/cancel`)} confirm=${t("task.confirm-cancel")}>${t("action.cancel")}</${Action}>`}
    ${["FAILURE", "REVOKED"].includes(status) && !asked(task) && html`<${Action} className="primary" act=${() => open(`tasks/${id}/retry`)}>${t("action.retry")}</${Action}>`}
    ${has(`type-about.${task.task}`) && html`<a class="button" href=${to("/new", { again: id })}>${t("action.again")}</a>`}
  `;
}

/** Whether the file of an import left questions open. The result then asks them. */
function asked({ result }) {
  return Boolean(result?.questions);
}

function waiting({ queue_position: position, eta }) {
  if (position === null) {
    return eta ? t("task.waits-until") : t("task.waits");
  }
  return position === 0 ? t("task.next") : t("task.position", { position });
}

/** When the running attempt started. */
function startOf(events, task) {
  return events.findLast((event) => event.status === "STARTED" && event.attempt === task.attempt)?.at;
}

/** A screen reader hears each new status, and not the one that was there when the page opened. */
function useSpokenStatus(status) {
  const last = useRef(status);
  useEffect(() => {
    if (last.current !== status) {
      last.current = status;
      announce(t("task.now", { status: t(`status.${status}`) }));
    }
  }, [status]);
}

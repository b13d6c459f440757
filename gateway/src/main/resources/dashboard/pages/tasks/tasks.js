// The tasks as they change. The filters are those of the API; they are in the address.
import { html, useState } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { to, replace } from "../../ui/router.js";
import { useTasks } from "../../ui/live.js";
import { get, post } from "../../ui/api.js";
import { may } from "../../ui/session.js";
import { Page, Failure, Loading, Empty, Action, ENDS } from "../../ui/parts.js";
import { Connection } from "../../ui/offline.js";
import { Filters, filterOf } from "./filters.js";
import { TaskTable } from "./table.js";
import { Bulk } from "./bulk.js";
import { Views } from "./views.js";
import { Search } from "./search.js";

export default function Tasks({ query }) {
  const filter = filterOf(query);
  const { tasks, cursor, connected, problem } = useTasks(filter);
  const [older, setOlder] = useState({ key: "", tasks: [] });
  const [chosen, setChosen] = useState(new Set());
  const key = JSON.stringify(filter);
  const more = older.key === key ? older : { key, tasks: [], cursor };

  const readMore = async () => {
    const page = await get(`tasks?${new URLSearchParams({ ...filter, limit: 100, cursor: more.cursor })}`);
    setOlder({ key, tasks: [...more.tasks, ...page.data], cursor: page.next_cursor });
  };
  const known = new Set(tasks?.map((task) => task.task_id));
  const shown = [...(tasks ?? []), ...more.tasks.filter((task) => !known.has(task.task_id))];
  const picked = shown.filter((task) => chosen.has(task.task_id));

  return html`<${Page} title=${t("nav.tasks")} actions=${html`<${Connection} connected=${connected} />
      ${may("clerk") && html`<a class="button primary" href=${to("/new")}>${t("nav.new")}</a>`}`}>
    <${Views} filter=${filter} />
    <${Search} filter=${filter} onChange=${(changed) => replace(to("/tasks", changed))} />
    <${Filters} filter=${filter} onChange=${(changed) => replace(to("/tasks", changed))} />
    ${problem && html`<${Failure} problem=${problem} />`}
    ${!tasks && !problem && html`<${Loading} />`}
    ${tasks && key !== "{}" && may("clerk") && html`<${Bulk} key=${key} filter=${filter} />`}
    ${tasks && html`<${Chosen} tasks=${picked} clear=${() => setChosen(new Set())} />`}
    ${tasks &&
    (shown.length > 0
      ? html`<${TaskTable} tasks=${shown} chosen=${chosen} onChoose=${may("clerk") && setChosen} />`
      : html`<${Nothing} filtered=${key !== "{}"} />`)}
    ${(more.cursor ?? null) !== null && html`<${Action} act=${readMore}>${t("tasks.more")}</${Action}>`}
  </${Page}>`;
}

function Nothing({ filtered }) {
  return filtered
    ? html`<${Empty} title=${t("tasks.none-match")}><p><a href=${to("/tasks")}>${t("tasks.all")}</a></p></${Empty}>`
    : html`<${Empty} title=${t("tasks.none")}>
        ${may("clerk") && html`<p><a class="button primary" href=${to("/import")}>${t("nav.import")}</a> <a class="button" href=${to("/new")}>${t("nav.new")}</a></p>`}
      </${Empty}>`;
}

/** Cancels or retries the chosen tasks, one after the other. */
function Chosen({ tasks, clear }) {
  const running = tasks.filter((task) => !ENDS.includes(task.status));
  const failed = tasks.filter((task) => ["FAILURE", "REVOKED"].includes(task.status));
  const each = (list, action) => async () => {
    for (const task of list) {
      await post(`tasks/${task.task_id}/${action}`);
    }
    clear();
  };
  return (
    tasks.length > 0 &&
    html`<div class="chosen">
      <span>${t("tasks.chosen", { count: tasks.length })}</span>
      ${running.length > 0 && html`<${Action} act=${each(running, "cancel")} confirm=${t("tasks.confirm-cancel", { count: running.length })}>${t("action.cancel")}</${Action}>`}
      ${failed.length > 0 && html`<${Action} act=${each(failed, "retry")}>${t("action.retry")}</${Action}>`}
      <button type="button" class="plain" onClick=${clear}>${t("tasks.clear")}</button>
    </div>`
  );
}

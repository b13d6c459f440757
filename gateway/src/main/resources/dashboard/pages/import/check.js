// The check of a whole file: an import with mode=validate, which stores nothing. Then the import itself.
import { html, useState, useEffect, useRef } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { upload } from "../../ui/api.js";
import { useEvents } from "../../ui/live.js";
import { useLoad } from "../../ui/load.js";
import { announce } from "../../ui/announce.js";
import { to } from "../../ui/router.js";
import { Failure, Progress, Loading, Action, ENDS, Status } from "../../ui/parts.js";
import { ImportResult } from "./result.js";
import { Keep } from "./profiles.js";

/** @param columns those of the file */
export function Check({ file, columns, query, onStarted }) {
  const [task, setTask] = useState();
  const [problem, setProblem] = useState();
  const [sent, setSent] = useState(0);
  const card = useRef();
  useEffect(() => {
    upload(`imports?${query}&mode=validate`, file, { onSent: setSent }).then(setTask, setProblem);
    card.current.scrollIntoView({ block: "nearest" });
  }, []);
  return html`<section class="card" ref=${card} aria-label=${t("import.result")}>
    ${problem && html`<${Failure} problem=${problem} />`}
    ${!task && !problem && html`<${Sent} bytes=${sent} of=${file.size} />`}
    ${task && html`<${Checked} id=${task.task_id} file=${file} columns=${columns} query=${query} onStarted=${onStarted}
      onRead=${() => card.current.scrollIntoView({ block: "nearest" })} />`}
  </section>`;
}

/** @param onRead is called when the result is shown */
function Checked({ id, file, columns, query, onStarted, onRead }) {
  const live = useEvents(id);
  const last = live.events.at(-1);
  const ended = last && ENDS.includes(last.status);
  const read = useLoad(ended ? `tasks/${id}` : null);
  const [abort, setAbort] = useState(false);
  const [sent, setSent] = useState(0);
  const start = async () => onStarted(await upload(`imports?${query}${abort ? "&on_error=abort" : ""}`, file, { onSent: setSent }));
  useEffect(() => {
    ended && announce(t("import.ready"));
  }, [ended]);
  useEffect(() => {
    // Now its card has its full height.
    read.value && onRead();
  }, [read.value]);
  if (!ended) {
    return html`<h2>${t("import.result")}</h2>
      ${live.progress ? html`<${Progress} progress=${live.progress} label=${t("import.check")} />` : html`<${Loading} />`}`;
  }
  if (!read.value) {
    return read.problem ? html`<${Failure} problem=${read.problem} again=${read.again} />` : html`<${Loading} />`;
  }
  const task = read.value;
  if (!task.result || task.result.questions) {
    return html`<p><${Status} status=${task.status} /></p>
      ${task.error && html`<${Failure} problem=${task.error} />`}
      <p><a href=${to(`/tasks/${id}`)}>${t("import.task")}</a></p>`;
  }
  return html`<${ImportResult} task=${task} />
    ${task.result.refused > 0 && html`<label class="choice"><input type="checkbox" checked=${abort} onChange=${() => setAbort(!abort)} /> ${t("import.abort")}</label>`}
    <p class="actions"><${Action} className="primary" act=${start}>${t("import.commit")}</${Action}></p>
    ${sent > 0 && sent < file.size && html`<${Sent} bytes=${sent} of=${file.size} />`}
    <${Keep} query=${query} columns=${columns} />`;
}

/** How much of the file has been sent. */
function Sent({ bytes, of }) {
  return html`<${Progress} progress=${{ phase: "sending", unit: "bytes", done: Math.min(bytes, of), total: of }} label=${t("phase.sending")} />`;
}

// What a task has done: a sheet, an import, an undo, or a change of many tasks.
import { html } from "../../ui/html.js";
import { t, has } from "../../ui/text.js";
import { to } from "../../ui/router.js";
import { number, bytes } from "../../ui/format.js";
import { Card, Facts, Totals } from "../../ui/parts.js";
import { ImportResult } from "../import/result.js";

export function Result({ task }) {
  const { result } = task;
  if (!result) {
    return null;
  }
  if (task.task === "billing.import") {
    return html`<${ImportResult} task=${task} />`;
  }
  if (task.task === "billing.undo_import") {
    return html`<${Card} title=${t("result.title")}><${Facts} facts=${[
      [t("result.billings-removed"), number(result.billings_removed)],
      [t("result.vendors-removed"), number(result.vendors_removed)],
    ]} /></${Card}>`;
  }
  if (task.task === "tasks.cancel" || task.task === "tasks.retry") {
    return html`<${BulkResult} task=${task} />`;
  }
  return html`<${Card} title=${t("result.sheet")} className="result">
    <${Facts} facts=${[
      [t("sheet.file"), result.file_name],
      [t("sheet.rows"), number(result.rows)],
      [t("sheet.totals"), result.totals?.length > 0 && html`<${Totals} totals=${result.totals} />`],
      [t("sheet.size"), bytes(result.bytes)],
    ]} />
    <p class="actions">
      <${Downloads} id=${result.sheet_id} name=${result.file_name} />
      <a class="button" href=${to(`/sheets/${result.sheet_id}`)}>${t("sheet.show")}</a>
    </p>
  </${Card}>`;
}

/** How many tasks were changed, and why others were not. */
function BulkResult({ task: { task, parameters, result } }) {
  const why = (code) => t(has(`unchanged.${code}`) ? `unchanged.${code}` : `problem.${code}`);
  return html`<${Card} title=${t("result.title")}>
    <${Facts} facts=${[
      [t("bulk.chosen"), number(result.tasks)],
      [t(task === "tasks.cancel" ? "bulk.cancelled" : "bulk.retried"), number(result.changed)],
      ...result.refused.map(({ code, tasks }) => [why(code), number(tasks)]),
    ]} />
    <p class="actions"><a class="button" href=${to("/tasks", parameters.filter)}>${t("bulk.show")}</a></p>
  </${Card}>`;
}

/** The links to the file of a sheet: safe to open in a spreadsheet, and as its task wrote it. */
export function Downloads({ id, name }) {
  const file = `api/v1/sheets/${id}/content`;
  return html`<a class="button primary" href=${`${file}?profile=excel`} download=${name}>${t("sheet.download")}</a>
    <a class="button" href=${`${file}?profile=raw`} download=${name}>${t("sheet.download-raw")}</a>`;
}

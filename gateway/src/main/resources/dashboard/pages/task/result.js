// What a task has done: a sheet, an import, or an undo.
import { html } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { to, go } from "../../ui/router.js";
import { number, bytes } from "../../ui/format.js";
import { post } from "../../ui/api.js";
import { may } from "../../ui/session.js";
import { Card, Facts, Totals, Action } from "../../ui/parts.js";
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
  return html`<${Card} title=${t("result.sheet")} className="result">
    <${Facts} facts=${[
      [t("sheet.file"), result.file_name],
      [t("sheet.rows"), number(result.rows)],
      [t("sheet.totals"), result.totals?.length > 0 && html`<${Totals} totals=${result.totals} />`],
      [t("sheet.size"), bytes(result.bytes)],
    ]} />
    <p class="actions">
      <a class="button primary" href=${`api/v1/sheets/${result.sheet_id}/content`} download=${result.file_name}>${t("sheet.download")}</a>
      <a class="button" href=${to(`/sheets/${result.sheet_id}`)}>${t("sheet.show")}</a>
      <${ForSpreadsheets} task=${task} />
    </p>
  </${Card}>`;
}

/** A sheet for spreadsheets is another task: the file differs, so its digest does too. */
export function ForSpreadsheets({ task }) {
  if (!may("clerk") || task.task !== "billing.sheet" || task.parameters.format?.profile === "excel") {
    return null;
  }
  const make = async () => {
    const given = Object.fromEntries(Object.entries(task.parameters).filter(([, value]) => value !== null));
    const made = await post("tasks", { task: task.task, parameters: { ...given, format: { profile: "excel" } } });
    go(to(`/tasks/${made.task_id}`));
  };
  return html`<${Action} act=${make}>${t("sheet.for-spreadsheets")}</${Action}>`;
}

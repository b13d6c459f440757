// What a task has done: a sheet, an import, or an undo.
import { html } from "../../ui/html.js";
import { t } from "../../ui/text.js";
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

/** The links to the file of a sheet: safe to open in a spreadsheet, and as its task wrote it. */
export function Downloads({ id, name }) {
  const file = `api/v1/sheets/${id}/content`;
  return html`<a class="button primary" href=${`${file}?profile=excel`} download=${name}>${t("sheet.download")}</a>
    <a class="button" href=${`${file}?profile=raw`} download=${name}>${t("sheet.download-raw")}</a>`;
}

// One sheet: its manifest, its first rows, and its file.
import { html, useState, useEffect } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { to } from "../../ui/router.js";
import { useLoad } from "../../ui/load.js";
import { API } from "../../ui/api.js";
import { number, bytes } from "../../ui/format.js";
import { Page, Card, Facts, Loaded, Totals, Time, Failure, Loading } from "../../ui/parts.js";
import { Downloads } from "../task/result.js";
import { beginningOf } from "./csv.js";
import { Rows } from "./rows.js";

/** One request for a part of the file, however large it is. */
const PREVIEWED_BYTES = 32_768;
const PREVIEWED_ROWS = 50;

export default function SheetPage({ id }) {
  const sheet = useLoad(`sheets/${encodeURIComponent(id)}`);
  return sheet.value
    ? html`<${Sheet} sheet=${sheet.value} />`
    : html`<${Page} title=${t("nav.sheets")}><${Loaded} of=${sheet} /></${Page}>`;
}

function Sheet({ sheet }) {
  const task = useLoad(`tasks/${sheet.task_id}`);
  return html`<${Page} title=${sheet.file_name} actions=${html`<${Downloads} id=${sheet.sheet_id} name=${sheet.file_name} />`}>
    <${Card}>
      <${Facts} facts=${[
        [t("sheet.rows"), number(sheet.rows)],
        [t("sheet.totals"), sheet.totals.length > 0 && html`<${Totals} totals=${sheet.totals} />`],
        [t("sheet.snapshot"), html`<${Time} at=${sheet.snapshot_at} />`],
        [t("sheet.size"), bytes(sheet.bytes)],
        [t("task.expires"), html`<${Time} at=${sheet.expires_at} />`],
        [t("sheet.task"), html`<a href=${to(`/tasks/${sheet.task_id}`)}>${task.value ? t(`type.${task.value.task}`) : sheet.task_id.slice(0, 8)}</a>`],
        [t("sheet.digest"), html`<code>${sheet.sha256}</code>`],
      ]} />
    </${Card}>
    <${Preview} sheet=${sheet} />
  </${Page}>`;
}

function Preview({ sheet }) {
  const [state, setState] = useState({});
  useEffect(() => {
    const controller = new AbortController();
    readPart(sheet, controller.signal).then(
      (rows) => setState({ rows }),
      (problem) => controller.signal.aborted || setState({ problem }),
    );
    return () => controller.abort();
  }, [sheet.sheet_id]);
  if (state.problem) {
    return html`<${Failure} problem=${{ type: "dashboard:no-answer" }} />`;
  }
  return state.rows
    ? html`<h2>${t("sheet.preview")}</h2><${Rows} columns=${sheet.columns} rows=${state.rows} />
        ${state.rows.length < sheet.rows && html`<p class="small">${t("sheet.part", { rows: number(state.rows.length), all: number(sheet.rows) })}</p>`}`
    : html`<${Loading} />`;
}

async function readPart(sheet, signal) {
  const headers = { Range: `bytes=0-${PREVIEWED_BYTES - 1}` };
  const response = await fetch(`${API}/sheets/${sheet.sheet_id}/content`, { headers, signal });
  if (!response.ok) {
    throw new Error(`${response.status}`);
  }
  const isWhole = sheet.bytes <= PREVIEWED_BYTES;
  return beginningOf(await response.text(), isWhole).slice(1, PREVIEWED_ROWS + 1);
}

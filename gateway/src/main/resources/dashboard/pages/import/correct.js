// Refused rows, corrected in place. They are sent as the sheet of refused rows, so they count as rows of the first file.
import { html, useState, useEffect } from "../../ui/html.js";
import { t, has } from "../../ui/text.js";
import { API, upload } from "../../ui/api.js";
import { Failure, Loading, Action } from "../../ui/parts.js";
import { beginningOf } from "../sheets/csv.js";
import { queryOf } from "./query.js";

/** More rows are better corrected in a spreadsheet. */
export const MOST_ROWS = 1_000;

/** line, column, code and message come first; then the cells of the file. */
const OWN_COLUMNS = 4;

export function Correct({ task, onSent }) {
  const [rows, setRows] = useState();
  const [problem, setProblem] = useState();
  useEffect(() => {
    read(task.result.error_sheet_id).then(setRows, () => setProblem({ type: "dashboard:no-answer" }));
  }, []);
  if (problem) {
    return html`<${Failure} problem=${problem} />`;
  }
  if (!rows) {
    return html`<${Loading} />`;
  }
  const change = (place, column) => (event) => {
    const cells = rows[place].with(column, event.target.value);
    setRows(rows.with(place, cells));
  };
  const send = async () => {
    const query = new URLSearchParams(task.result.query ?? queryOf(task.parameters));
    ["mode", "options", "profile"].forEach((name) => query.delete(name));
    query.set("corrects", task.task_id);
    onSent(await upload(`imports?${query}`, new Blob([written(rows)])));
  };
  const [header, ...refused] = rows;
  return html`<p class="small">${t("correct.hint")}</p>
    <div class="table" role="region" aria-label=${t("correct.title")} tabindex="0">
      <table>
        <thead><tr>
          <th scope="col">${t("field.line")}</th><th scope="col">${t("correct.why")}</th>
          ${header.slice(OWN_COLUMNS).map((name, i) => html`<th key=${i} scope="col">${name}</th>`)}
        </tr></thead>
        <tbody>${refused.map((row, i) => html`<tr key=${i}>
          <th scope="row">${row[0]}</th>
          <td><b>${has(`refusal.${row[2]}`) ? t(`refusal.${row[2]}`) : row[2]}</b><br /><small>${row[1]}</small></td>
          ${row.slice(OWN_COLUMNS).map((cell, j) => html`<td key=${j}><input value=${cell} aria-label=${`${header[OWN_COLUMNS + j] ?? j + 1}, ${t("field.line")} ${row[0]}`}
            aria-invalid=${header[OWN_COLUMNS + j] === row[1] ? "true" : undefined} onInput=${change(i + 1, OWN_COLUMNS + j)} /></td>`)}
        </tr>`)}</tbody>
      </table>
    </div>
    <p class="actions"><${Action} className="primary" act=${send}>${t("correct.send")}</${Action}></p>`;
}

async function read(sheet) {
  const response = await fetch(`${API}/sheets/${sheet}/content`);
  if (!response.ok) {
    throw new Error(`${response.status}`);
  }
  return beginningOf(await response.text(), true);
}

/** RFC 4180. */
function written(rows) {
  const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
}

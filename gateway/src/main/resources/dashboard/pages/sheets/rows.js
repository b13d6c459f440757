import { html } from "../../ui/html.js";
import { t, has } from "../../ui/text.js";
import { day, amount } from "../../ui/format.js";
import { Table } from "../../ui/parts.js";

const DECIMAL = /^-?\d+(\.\d+)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The cells in the reader's locale; a cell that is not what its column says stays as it is. */
export function Rows({ columns, rows }) {
  const head = columns.map(({ name }) => (has(`field.${name}`) ? t(`field.${name}`) : name));
  const numbers = columns.flatMap(({ type }, i) => (["decimal", "integer"].includes(type) ? [i] : []));
  return html`<${Table} caption=${t("sheet.preview")} head=${head} numbers=${numbers}>
    ${rows.map((row, i) => html`<tr key=${i}>${columns.map((column, j) => html`<${Cell} key=${j} column=${column} cell=${row[j] ?? ""} />`)}</tr>`)}
  </${Table}>`;
}

function Cell({ column: { name, type }, cell }) {
  if (type === "decimal" && DECIMAL.test(cell)) {
    return html`<td class="number ${cell.startsWith("-") ? "negative" : ""}">${amount(cell)}</td>`;
  }
  if (type === "date" && DATE.test(cell)) {
    return html`<td>${day(cell)}</td>`;
  }
  if (type === "integer") {
    return html`<td class="number">${cell}</td>`;
  }
  return html`<td>${name === "code" && has(`refusal.${cell}`) ? t(`refusal.${cell}`) : cell}</td>`;
}

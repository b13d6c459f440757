// What was found in a file: how it is read, which column is which, and what is still open.
import { html, useState, useMemo } from "../../ui/html.js";
import { t, has } from "../../ui/text.js";
import { number } from "../../ui/format.js";
import { Card, Facts, Table } from "../../ui/parts.js";
import { Questions, shown } from "./questions.js";
import { escaped } from "./query.js";

const FIELDS = ["date_billed", "account_name", "account_number", "payable", "currency", "reference", "total_issues", "debit", "credit", "direction"];
/** Of more columns, only those that are read are shown at first. */
const FEW_COLUMNS = 10;
const SHOWN = ["header_line", "delimiter", "charset", "date_format", "decimal", "thousands", "currency", "currency_signs", "negative", "pivot"];

/** @param onQuery gets the query of the import as soon as nothing is open */
export function Found({ found, onQuery }) {
  const [fields, setFields] = useState(() => new Map(found.columns.map(({ place, field }) => [place, field])));
  const changed = found.columns.some(({ place, field }) => fields.get(place) !== field);
  const open = found.questions.filter(({ option, field }) => !(option === "columns" && [...fields.values()].includes(field)));
  const ready = (answers) => onQuery(queryFor(found, fields, changed, answers));
  const choose = (place) => (event) => {
    const field = event.target.value || null;
    const others = [...fields].map(([at, one]) => [at, one === field && field !== null ? null : one]);
    setFields(new Map([...others, [place, field]]));
    onQuery(undefined);
  };
  return html`
    <${Card} title=${t("import.found")}>
      <${Facts} facts=${[
        [t("import.rows"), number(found.rows)],
        ...SHOWN.map((name) => [t(`option.${name}`), readable(name, found.options[name])]),
        [t("import.footers"), found.footers.length > 0 && found.footers.map((one) => html`<p key=${one.line}>${one.line}: ${one.cells.join(" · ")}</p>`)],
      ]} />
      <p class="small">${t(found.complete ? "import.complete" : "import.incomplete")}</p>
      <${Columns} found=${found} fields=${fields} choose=${choose} />
    </${Card}>
    <${Card} title=${open.length > 0 ? t("import.questions") : ""}>
      <${Questions} questions=${open} columns=${found.columns.map(({ name }) => name)} onAnswered=${ready} label=${t("import.check")} />
    </${Card}>
  `;
}

/** Values that are words have a text. */
function readable(name, value) {
  const known = { "\t": "tab", " ": "space" }[value] ?? value;
  return value && (has(`choice.${known}`) ? t(`choice.${known}`) : html`<code>${value}</code>`);
}

function Columns({ found, fields, choose }) {
  const samples = useMemo(() => Map.groupBy(found.samples, ({ field }) => field), [found]);
  const [all, setAll] = useState(found.columns.length <= FEW_COLUMNS);
  const shownColumns = all ? found.columns : found.columns.filter(({ place, field }) => field || fields.get(place));
  const head = ["column", "field", "cells"].map((name) => t(`import.${name}`));
  return html`<${Table} caption=${t("import.columns")} head=${head}>
    ${shownColumns.map(({ place, name, field }) => html`<tr key=${place}>
      <th scope="row">${name || `#${place}`}</th>
      <td>
        <select aria-label=${`${name} ${t("import.field")}`} value=${fields.get(place) ?? ""} onChange=${choose(place)}>
          <option value="">${t("import.ignored")}</option>
          ${FIELDS.map((one) => html`<option key=${one} value=${one}>${t(`field.${one}`)}</option>`)}
        </select>
      </td>
      <td class="about">${(samples.get(field) ?? []).slice(0, 3).map(({ cell, value }, i) => html`<div key=${i}>${cell} → <b>${value === null ? t("import.refusedcell") : shown(field, value)}</b></div>`)}</td>
    </tr>`)}
  </${Table}>
  ${!all && html`<p class="actions"><button type="button" onClick=${() => setAll(true)}>${t("import.all-columns", { count: found.columns.length })}</button></p>`}`;
}

/** What was found, with the columns and the answers of the reader. */
function queryFor(found, fields, changed, { columns, ...answers }) {
  const query = new URLSearchParams({ ...found.options, ...answers });
  if (changed) {
    const names = found.columns.map(({ name }) => name);
    const pairs = found.columns
      .filter(({ place }) => fields.get(place))
      .map(({ place, name }) => `${fields.get(place)}:${names.indexOf(name) === names.lastIndexOf(name) && name ? escaped(name) : `#${place}`}`);
    pairs.length > 0 ? query.set("columns", pairs.join(",")) : query.delete("columns");
  }
  if (columns) {
    query.set("columns", [query.get("columns"), columns].filter(Boolean).join(","));
  }
  return query.toString();
}

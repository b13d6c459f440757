import { html } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { write } from "../../ui/json.js";
import { Facts, Copy } from "../../ui/parts.js";
import { queryOf } from "../import/query.js";

/** The parameters that have a value. */
export function Parameters({ task }) {
  const parameters = Object.entries(given(task.parameters ?? {})).filter(([, value]) => value !== "");
  return html`<${Facts} facts=${parameters.map(([name, value]) => [html`<code>${name}</code>`, typeof value === "object" ? write(given(value)) : String(value)])} />`;
}

/** The values that are not null. */
function given(values) {
  return Array.isArray(values) ? values : Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

/** The same with curl: it submits the task again, or shows how an import is sent. */
export function Command({ task }) {
  return html`<${Copy} text=${commandFor(task)} />`;
}

function commandFor({ task, parameters, priority }) {
  const api = `${location.origin}/api/v1`;
  switch (task) {
    case "billing.import":
      return `curl ${quoted(`${api}/imports?${queryOf(parameters)}`)} \\\n  -H 'Content-Type: text/csv' --data-binary @billings.csv`;
    case "billing.undo_import":
      return `curl -X POST ${quoted(`${api}/imports/${parameters.import_id}/undo`)}`;
    case "tasks.cancel":
    case "tasks.retry":
      return posting(`${api}/${task.replace(".", "/")}`, given(parameters.filter));
    case "billing.duplicates":
      return `curl -X POST ${quoted(`${api}/imports/${parameters.import_id}/duplicates`)}`;
    default:
      return posting(`${api}/tasks`, { task, parameters: given(parameters), ...(priority !== 4 && { priority }) });
  }
}

function posting(path, body) {
  return `curl ${quoted(path)} \\\n  -H 'Content-Type: application/json' \\\n  -d ${quoted(write(body))}`;
}

/** For a shell. */
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

import { html } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { write } from "../../ui/json.js";
import { Facts, Copy } from "../../ui/parts.js";
import { queryOf } from "../import/query.js";

/** The parameters that have a value. */
export function Parameters({ task }) {
  const given = Object.entries(task.parameters ?? {}).filter(([, value]) => value !== null && value !== "");
  return html`<${Facts} facts=${given.map(([name, value]) => [html`<code>${name}</code>`, typeof value === "object" ? write(value) : String(value)])} />`;
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
    case "billing.duplicates":
      return `curl -X POST ${quoted(`${api}/imports/${parameters.import_id}/duplicates`)}`;
    default: {
      const given = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== null));
      const body = write({ task, parameters: given, ...(priority !== 4 && { priority }) });
      return `curl ${quoted(`${api}/tasks`)} \\\n  -H 'Content-Type: application/json' \\\n  -d ${quoted(body)}`;
    }
  }
}

/** For a shell. */
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

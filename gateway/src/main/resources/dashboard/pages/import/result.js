// The result of an import: where each row of the file is, in rows and in money.
import { html, useState } from "../../ui/html.js";
import { t, has } from "../../ui/text.js";
import { to, go } from "../../ui/router.js";
import { number, day } from "../../ui/format.js";
import { post } from "../../ui/api.js";
import { may } from "../../ui/session.js";
import { Card, Facts, Table, Money, Action } from "../../ui/parts.js";
import { Questions } from "./questions.js";
import { Correct, MOST_ROWS } from "./correct.js";

export function ImportResult({ task }) {
  const { result, parameters } = task;
  const [corrects, setCorrects] = useState(false);
  if (result.questions) {
    return html`<${Card} title=${t("import.questions")}>${may("clerk") ? html`<${Retry} task=${task} questions=${result.questions} />` : html`<p>${t("import.for-clerks")}</p>`}</${Card}>`;
  }
  const checked = parameters.mode === "validate";
  const open = (path) => async () => go(to(`/tasks/${(await post(`imports/${task.task_id}/${path}`)).task_id}`));
  const told = (name) => t(checked && name === "imported" ? "import.would" : `import.${name}`);
  const changeable = may("clerk") && task.status === "SUCCESS" && !checked;
  return html`<${Card} title=${t(checked ? "import.checked" : "result.title")} className="result">
    ${result.warnings?.length > 0 &&
    html`<ul class="warnings">
      ${result.warnings.map((one) => html`<li key=${one.code}>${has(`warning.${one.code}`) ? t(`warning.${one.code}`) : one.message}</li>`)}
    </ul>`}
    <${Facts} facts=${[
      ...["rows", "imported", "duplicates", "refused", "footers", "empty", "vendors_created"].map((name) => [
        told(name),
        number(result[name] ?? 0),
      ]),
      [t("import.days"), result.first_day && `${day(result.first_day)} – ${day(result.last_day)}`],
    ]} />
    ${result.totals?.length > 0 &&
    html`<${Table} caption=${t("sheet.totals")} head=${["currency", "file", "imported", "duplicates", "refused"].map(told)} numbers=${[1, 2, 3, 4]}>
      ${result.totals.map((one) => html`<tr key=${one.currency}>
        <th scope="row">${one.currency}</th>
        ${["file", "imported", "duplicates", "refused"].map((name) => html`<td key=${name} class="number"><${Money} of=${one[name]} /></td>`)}
      </tr>`)}
    </${Table}>`}
    <p class="actions">
      ${changeable && result.first_day && html`<a class="button primary" href=${to("/new", { task: "billing.sheet", from: result.first_day, to: result.last_day })}>${t("import.make-sheet")}</a>`}
      ${result.error_sheet_id && html`<a class="button" href=${to(`/sheets/${result.error_sheet_id}`)}>${t("import.show-refused")}</a>`}
      ${changeable && result.refused > 0 && result.refused === result.refused_listed && result.refused <= MOST_ROWS && !corrects && html`<button type="button" onClick=${() => setCorrects(true)}>${t("correct.title")}</button>`}
      ${changeable && result.duplicates > 0 && html`<${Action} act=${open("duplicates")}>${t("import.show-duplicates")}</${Action}>`}
      ${changeable && result.imported > 0 && html`<${Action} className="danger" act=${open("undo")} confirm=${t("import.confirm-undo", { count: number(result.imported) })}>${t("import.undo")}</${Action}>`}
    </p>
    ${corrects && html`<${Correct} task=${task} onSent=${(sent) => go(to(`/tasks/${sent.task_id}`))} />`}
  </${Card}>`;
}

/** An import that left questions open: the file is still stored, so the answers are enough. */
function Retry({ task, questions }) {
  const send = async (answers) => {
    const query = new URLSearchParams(answers);
    go(to(`/tasks/${(await post(`imports/${task.task_id}/retry?${query}`)).task_id}`));
  };
  return html`<${Questions} questions=${questions} columns=${[]} onAnswered=${send} label=${t("import.start")} />`;
}

// What a file leaves open, as choices. A choice shows what cells of the file become with it.
import { html, useState } from "../../ui/html.js";
import { t, has } from "../../ui/text.js";
import { day, amount } from "../../ui/format.js";
import { escaped } from "./query.js";

/** The key of a question: columns are asked for field by field. */
const keyOf = ({ option, field }) => (field ? `${option}:${field}` : option);

/**
 * @param columns the names of the columns in the file
 * @param onAnswered gets the answers as a query of an import, {option: value}
 */
export function Questions({ questions, columns, onAnswered, label }) {
  const [answers, setAnswers] = useState({});
  const [problem, setProblem] = useState(false);
  const missing = questions.find((one) => !answers[keyOf(one)]);
  const submit = (event) => {
    event.preventDefault();
    setProblem(Boolean(missing));
    if (missing) {
      const place = event.target.querySelectorAll("fieldset")[questions.indexOf(missing)];
      (place.querySelector("input:not([type=radio]), select") ?? place.querySelector("input")).focus();
    } else {
      onAnswered(queryOf(questions, answers));
    }
  };
  return html`<form class="questions" onSubmit=${submit} noValidate>
    ${questions.map((one) => html`<${Question} key=${keyOf(one)} question=${one} columns=${columns} answer=${answers[keyOf(one)]}
      onAnswer=${(value) => setAnswers((given) => ({ ...given, [keyOf(one)]: value }))} />`)}
    ${problem && missing && html`<p class="field-error" role="alert">${t("import.unanswered", { question: textOf(missing) })}</p>`}
    <p class="actions"><button class="primary">${label}</button></p>
  </form>`;
}

/** The answers as options: those about columns become one option. */
export function queryOf(questions, answers) {
  const query = {};
  for (const one of questions) {
    const value = answers[keyOf(one)];
    if (one.option === "columns") {
      query.columns = [query.columns, `${one.field}:${escaped(value)}`].filter(Boolean).join(",");
    } else {
      query[one.option] = value;
    }
  }
  return query;
}

function textOf({ option, field, question }) {
  const key = `question.${field ?? option}`;
  return has(key) ? t(key) : question;
}

function Question({ question, columns, answer, onAnswer }) {
  const { option, choices, is_open: isOpen } = question;
  const key = keyOf(question);
  const [other, setOther] = useState(choices.length === 0);
  const text = textOf(question);
  const choose = (value) => () => {
    setOther(false);
    onAnswer(value);
  };
  return html`<fieldset>
    <legend>${text}</legend>
    ${choices.map((choice) => html`<label key=${choice.value} class="choice">
      <input type="radio" name=${key} checked=${!other && answer === choice.value} onChange=${choose(choice.value)} />
      <span><b>${has(`choice.${choice.value}`) ? t(`choice.${choice.value}`) : choice.value}</b>
        ${choice.samples.length > 0 && html`<small>${choice.samples.slice(0, 3).map(told).join(" · ")}</small>`}</span>
    </label>`)}
    ${isOpen && choices.length > 0 && html`<label class="choice">
      <input type="radio" name=${key} checked=${other} onChange=${() => { setOther(true); onAnswer(""); }} />
      <span>${option === "currency" ? t("import.question-currency") : t("import.question-other")}</span>
    </label>`}
    ${isOpen && other && html`<${Other} option=${option} columns=${columns} label=${text} value=${answer ?? ""} onInput=${onAnswer} />`}
  </fieldset>`;
}

/** Another value: a column of the file, a date, or a text. */
function Other({ option, columns, label, value, onInput }) {
  const input = (event) => onInput(event.target.value.trim());
  if (option === "columns" && columns.length > 0) {
    return html`<select aria-label=${label} value=${value} onChange=${input}>
      <option value=""></option>
      ${columns.map((name) => html`<option key=${name}>${name}</option>`)}
    </select>`;
  }
  if (option === "date") {
    return html`<input type="date" aria-label=${label} value=${value} onInput=${input} />`;
  }
  if (option === "currency") {
    return html`<input aria-label=${label} value=${value} list="currencies" maxlength="3" autocomplete="off"
        onInput=${(event) => onInput(event.target.value.trim().toUpperCase())} />
      <datalist id="currencies">${Intl.supportedValuesOf("currency").map((code) => html`<option key=${code} value=${code} />`)}</datalist>`;
  }
  return html`<input aria-label=${label} value=${value} maxlength="200" autocomplete="off" onInput=${input} />`;
}

/** What a cell of the file becomes. */
export function told({ field, cell, value }) {
  return t("import.becomes", { cell, value: value === null ? t("import.refusedcell") : shown(field, value) });
}

export function shown(field, value) {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) {
    return day(value);
  }
  return /^-?\d+(\.\d+)?$/.test(value) && ["payable", "debit", "credit"].includes(field) ? amount(value) : value;
}

import { html } from "../../ui/html.js";
import { t, has } from "../../ui/text.js";

/** A field with its label, and below it what is wrong. */
export function Field({ field, value, onValue, fault }) {
  const id = `field-${field.name.replaceAll(".", "-")}`;
  const own = field.path.at(-1);
  const told = { id, "aria-invalid": fault ? "true" : undefined, "aria-describedby": fault ? `${id}-fault` : undefined, required: field.required };
  return html`<div class="field">
    <label for=${id}>${has(`field.${own}`) ? t(`field.${own}`) : own}${!field.required && html` <small>(${t("new.optional")})</small>`}</label>
    <${Input} field=${field} value=${value} onValue=${onValue} told=${told} />
    ${fault && html`<p class="field-error" id=${`${id}-fault`}>${fault}</p>`}
  </div>`;
}

function Input({ field: { kind, choices, path }, value, onValue, told }) {
  const input = (event) => onValue(event.target.value);
  if (kind === "choice" && choices.length <= 20) {
    return html`<select ...${told} value=${value} onChange=${input}>
      <option value="">${t("new.any")}</option>
      ${choices.map((one) => html`<option key=${one} value=${one}>${nameOf(path, one)}</option>`)}
    </select>`;
  }
  if (kind === "choice") {
    const list = `${told.id}-choices`;
    return html`<input ...${told} value=${value} list=${list} autocomplete="off" onInput=${(event) => onValue(event.target.value.toUpperCase())} />
      <datalist id=${list}>${choices.map((one) => html`<option key=${one} value=${one} />`)}</datalist>`;
  }
  if (kind === "date") {
    return html`<input ...${told} type="date" value=${value} onInput=${input} />`;
  }
  return html`<input ...${told} value=${value} inputmode=${kind === "integer" ? "numeric" : undefined} autocomplete="off" onInput=${input} />`;
}

function nameOf(path, value) {
  if (path.at(-1) === "profile") {
    return t(`new.${value}`);
  }
  return value === "\t" ? t("choice.tab") : value;
}

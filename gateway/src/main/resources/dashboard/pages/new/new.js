// A new task, from the JSON Schema of its type. "?again=ID" begins with the parameters of another task.
import { html, useState } from "../../ui/html.js";
import { t, has } from "../../ui/text.js";
import { go, to } from "../../ui/router.js";
import { useLoad } from "../../ui/load.js";
import { post } from "../../ui/api.js";
import { Page, Card, Loaded, Failure } from "../../ui/parts.js";
import { Field } from "./field.js";
import { fieldsOf, valuesOf, parametersOf, faultsOf } from "./schema.js";

export default function New({ query }) {
  const again = query.get("again");
  const types = useLoad("task-types");
  const other = useLoad(again && `tasks/${again}`);
  return html`<${Page} title=${t("nav.new")}>
    ${again && other.problem && html`<${Failure} problem=${other.problem} />`}
    <${Loaded} of=${types}>${({ data }) =>
      (!again || other.value || other.problem) &&
      html`<${Form} key=${again} types=${data.filter((type) => type.submittable).toSorted(sheetsFirst)} start=${other.value ?? presetOf(query)} />`}</${Loaded}>
  </${Page}>`;
}

function sheetsFirst(one, other) {
  return Number(other.name === "billing.sheet") - Number(one.name === "billing.sheet");
}

/** The address may name a type and parameters: ?task=billing.sheet&billing_date=2025-03-31. */
function presetOf(query) {
  const { task = "billing.sheet", ...parameters } = Object.fromEntries(query);
  return { task, parameters };
}

function Form({ types, start }) {
  const [name, setName] = useState(start.task);
  const [values, setValues] = useState(valuesOf(start.parameters));
  const [priority, setPriority] = useState("");
  const [eta, setEta] = useState("");
  const [state, setState] = useState({});
  const type = types.find((one) => one.name === name) ?? types[0];
  const fields = fieldsOf(type.parameters);
  const faults = faultsOf(type, fields, values, state.problem);

  const submit = async (event) => {
    event.preventDefault();
    if (Object.keys(faults).length > 0) {
      setState({ tried: true });
      event.target.querySelector("[aria-invalid='true']")?.focus();
      return;
    }
    setState({ busy: true });
    const body = { task: type.name, parameters: parametersOf(fields, values) };
    try {
      const task = await post("tasks", {
        ...body,
        ...(priority !== "" && { priority: Number(priority) }),
        ...(eta && { eta: new Date(eta).toISOString() }),
      });
      go(to(`/tasks/${task.task_id}`));
    } catch (problem) {
      setState({ problem, tried: true });
    }
  };
  const set = (field) => (value) => {
    setValues({ ...values, [field]: value });
    setState({ tried: state.tried });
  };
  return html`<form class="form" onSubmit=${submit} noValidate>
    <${Card}>
      <fieldset>
        <legend>${t("new.type")}</legend>
        ${types.map((one) => html`<label key=${one.name} class="choice">
          <input type="radio" name="task" checked=${one.name === type.name} onChange=${() => setName(one.name)} />
          <span><b>${t(`type.${one.name}`)}</b><small>${has(`type-about.${one.name}`) ? t(`type-about.${one.name}`) : one.description}</small></span>
        </label>`)}
      </fieldset>
    </${Card}>
    <${Card} title=${t("task.parameters")}>
      ${type.name === "billing.sheet" && html`<p>${t("new.day-or-range")}</p>`}
      <div class="fields">
        ${fields.map((field) => html`<${Field} key=${`${type.name}.${field.name}`} field=${field} value=${values[field.name] ?? ""} onValue=${set(field.name)}
          fault=${state.tried || values[field.name] ? faults[field.name] : undefined} />`)}
      </div>
      ${state.tried && faults[""] && html`<p class="field-error" role="alert">${faults[""]}</p>`}
    </${Card}>
    <details class="card">
      <summary>${t("new.when")}</summary>
      <div class="fields">
        <label class="field">${t("new.priority")}<input type="number" min="0" max="9" placeholder="4" value=${priority} onInput=${(event) => setPriority(event.target.value)} /></label>
        <label class="field">${t("new.eta")}<input type="datetime-local" value=${eta} onInput=${(event) => setEta(event.target.value)} /></label>
      </div>
    </details>
    ${state.problem && html`<${Failure} problem=${state.problem} />`}
    <p class="actions"><button class="primary" disabled=${state.busy}>${t("new.submit")}</button></p>
  </form>`;
}

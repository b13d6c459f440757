// Short forms, whose fields keep their values themselves.
import { html, useState, useEffect, useRef } from "./html.js";
import { t } from "./text.js";
import { Failure } from "./parts.js";

/**
 * @param send gets the values by the names of the fields, and `roles` as a list. When it is done, the form is empty again.
 * @param faultsOf what is wrong with single fields, by their names, if a problem is about them. Other problems are shown below the fields.
 * @param children the fields, or a function of the faults that makes them
 */
export function Form({ send, submit, faultsOf = () => ({}), children }) {
  const [state, setState] = useState({});
  const form = useRef();
  const faults = state.problem ? faultsOf(state.problem) : {};
  useEffect(() => form.current.querySelector("[aria-invalid]")?.focus(), [state.problem]);
  const run = async (event) => {
    event.preventDefault();
    const data = new FormData(form.current);
    setState({ busy: true });
    try {
      await send({ ...Object.fromEntries(data), roles: data.getAll("roles") });
      form.current?.reset();
      setState({});
    } catch (problem) {
      setState({ problem });
    }
  };
  return html`<form class="form" ref=${form} onSubmit=${run}>
    <div class="fields">${typeof children === "function" ? children(faults) : children}</div>
    ${state.problem && Object.keys(faults).length === 0 && html`<${Failure} problem=${state.problem} />`}
    <p class="actions"><button class="primary" disabled=${state.busy}>${submit}</button></p>
  </form>`;
}

/** @param fault what is wrong with the value */
export function TextField({ label, hint, fault, ...input }) {
  const id = `field-${input.name}`;
  return html`<div class="field">
    <label for=${id}>${label}${hint && html` <small>(${hint})</small>`}</label>
    <input id=${id} autocomplete="off" aria-invalid=${fault ? "true" : undefined} aria-describedby=${fault ? `${id}-fault` : undefined} ...${input} />
    ${fault && html`<p class="field-error" id=${`${id}-fault`}>${fault}</p>`}
  </div>`;
}

/** @param chosen the roles that are chosen at first */
export function Roles({ legend, roles, chosen = [] }) {
  return html`<fieldset>
    <legend>${legend}</legend>
    ${roles.map((role) => html`<label key=${role} class="choice">
      <input type="checkbox" name="roles" value=${role} defaultChecked=${chosen.includes(role)} /><span><b>${t(`role.${role}`)}</b><small>${t(`role-about.${role}`)}</small></span>
    </label>`)}
  </fieldset>`;
}

// Short forms, whose fields keep their values themselves.
import { html, useState, useRef } from "./html.js";
import { t } from "./text.js";
import { Failure } from "./parts.js";

/**
 * @param send gets the values by the names of the fields, and `roles` as a list. When it is done, the form is empty again.
 */
export function Form({ send, submit, children }) {
  const [state, setState] = useState({});
  const form = useRef();
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
    <div class="fields">${children}</div>
    ${state.problem && html`<${Failure} problem=${state.problem} />`}
    <p class="actions"><button class="primary" disabled=${state.busy}>${submit}</button></p>
  </form>`;
}

export function TextField({ label, hint, ...input }) {
  return html`<label class="field"><span>${label}${hint && html` <small>(${hint})</small>`}</span><input autocomplete="off" ...${input} /></label>`;
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

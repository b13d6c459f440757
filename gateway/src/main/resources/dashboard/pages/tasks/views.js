// The views that the reader has saved: the filters of this page, under a name. They are kept by the server.
import { html, useState, useRef, useEffect } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { to } from "../../ui/router.js";
import { useLoad } from "../../ui/load.js";
import { change } from "../../ui/api.js";
import { announce } from "../../ui/announce.js";
import { Action, Failure } from "../../ui/parts.js";
import { filterOf } from "./filters.js";

export function Views({ filter }) {
  const saved = useLoad("views");
  const [asks, setAsks] = useState(false);
  const views = (saved.value?.data ?? []).map((view) => ({ ...view, filter: filterOf(new URLSearchParams(view.query)) }));
  const current = views.find((view) => isSame(view.filter, filter));
  const remove = async () => {
    await change("DELETE", `views/${current.id}`);
    announce(t("views.deleted", { name: current.name }));
    saved.again();
  };
  const done = (name) => {
    setAsks(false);
    name && announce(t("views.saved", { name }));
    name && saved.again();
  };
  return html`<div class="views">
    ${views.length > 0 &&
    html`<nav aria-label=${t("views.label")}><ul>
      ${views.map((view) => html`<li key=${view.id}><a href=${to("/tasks", view.filter)} aria-current=${view === current ? "true" : undefined}>${view.name}</a></li>`)}
    </ul></nav>`}
    ${current && html`<${Action} key=${current.id} className="plain" act=${remove} confirm=${t("views.confirm-delete", { name: current.name })}>${t("views.delete")}</${Action}>`}
    ${!current && saved.value && Object.keys(filter).length > 0 && (asks ? html`<${NewView} filter=${filter} done=${done} />` : html`<button type="button" class="plain" onClick=${() => setAsks(true)}>${t("views.save-this")}</button>`)}
  </div>`;
}

function isSame(one, other) {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => String(one[name]) === String(other[name]));
}

/** Asks for the name. A view of the same name is replaced. */
function NewView({ filter, done }) {
  const [state, setState] = useState({});
  const field = useRef();
  useEffect(() => field.current.focus(), []);
  const save = async (event) => {
    event.preventDefault();
    setState({ busy: true });
    const name = field.current.value.trim();
    try {
      await change("POST", "views", { name, query: new URLSearchParams(filter).toString() });
      done(name);
    } catch (problem) {
      setState({ problem });
    }
  };
  return html`<form class="view-name" onSubmit=${save}>
      <label>${t("views.name")} <input ref=${field} required maxlength="100" autocomplete="off" onKeyDown=${(event) => event.key === "Escape" && done()} /></label>
      <button class="primary" disabled=${state.busy}>${t("views.save")}</button>
      <button type="button" onClick=${() => done()}>${t("views.no")}</button>
      <small>${t("views.rule")}</small>
    </form>
    ${state.problem && html`<${Failure} problem=${state.problem} />`}`;
}

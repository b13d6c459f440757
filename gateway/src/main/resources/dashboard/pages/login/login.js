// The login page. If a session ends, it covers the page, which stays as it is, so nothing that was typed is lost.
import { html, useState, useEffect, useRef } from "../../ui/html.js";
import { t, has } from "../../ui/text.js";
import { login, loginAtProvider, PROVIDER } from "../../ui/session.js";
import { useLoad } from "../../ui/load.js";
import { go, usePlace } from "../../ui/router.js";
import { Page, Card, Failure, Action } from "../../ui/parts.js";

/** Where the gateway sends the browser if a login at the provider has failed. */
export const LOGIN = "/login";

/** @param covers whether it covers a page */
export function Login({ covers }) {
  const [state, setState] = useState({});
  const [titleBefore] = useState(document.title);
  const { path, query } = usePlace();
  const { value: provider } = useLoad(isSecureContext ? PROVIDER : null);
  // A login at the provider that failed comes back to an address of its own.
  const place = path === LOGIN ? (query.get("page") ?? "/") : location.hash.slice(1) || "/";
  const form = useRef();
  useEffect(() => {
    const own = `${t("login.title")} – Tallyman`;
    form.current?.username.focus();
    return () => {
      document.title = document.title === own ? titleBefore : document.title;
      document.getElementById("main").focus();
    };
  }, []);
  // The password is in the field only, and not longer than its request.
  const submit = async (event) => {
    event.preventDefault();
    const { username, password } = form.current;
    const sent = login(username.value, password.value);
    setState({ busy: true });
    try {
      await sent;
      path === LOGIN && go(place);
    } catch (problem) {
      password.value = "";
      setState({ problem });
      password.focus();
    }
  };
  return html`<${Page} title=${t("login.title")}>
    ${covers && html`<p>${t("login.needed")}</p>`}
    ${!isSecureContext && html`<${Failure} problem=${{ type: "needs-https" }} />`}
    ${path === LOGIN && has(`problem.${query.get("problem")}`) && html`<${Failure} problem=${failed(query.get("problem"), provider)} />`}
    ${isSecureContext && html`<${Card} className="narrow">
      ${provider?.name && html`<p class="actions"><${Action} act=${() => loginAtProvider(place)}>${t("login.at", { name: provider.name })}</${Action}></p>
        <p>${t("login.or")}</p>`}
      <form class="form" ref=${form} onSubmit=${submit}>
        <label class="field">${t("login.username")}
          <input name="username" required maxlength="200" autocomplete="username" autocapitalize="none" spellcheck=${false} />
        </label>
        <label class="field">${t("login.password")}
          <input name="password" type="password" required maxlength="200" autocomplete="current-password" />
        </label>
        ${state.problem && html`<${Failure} problem=${state.problem} />`}
        <p class="actions">
          <button class="primary" disabled=${state.busy}>${t("login.submit")}</button>
        </p>
        <p><small>${t("login.hint")}</small></p>
      </form>
    </${Card}>`}
  </${Page}>`;
}

function failed(problem, provider) {
  return {
    type: problem,
    detail: problem === "no-role-at-provider" && provider?.role_claim ? t("login.claim", { claim: provider.role_claim }) : undefined,
  };
}

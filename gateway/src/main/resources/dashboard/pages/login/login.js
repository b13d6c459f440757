// The login page. If a session ends, it covers the page, which stays as it is, so nothing that was typed is lost.
import { html, useState, useEffect, useRef } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { login } from "../../ui/session.js";
import { Page, Card, Failure } from "../../ui/parts.js";

/** @param covers whether it covers a page */
export function Login({ covers }) {
  const [state, setState] = useState({});
  const [titleBefore] = useState(document.title);
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
    } catch (problem) {
      password.value = "";
      setState({ problem });
      password.focus();
    }
  };
  return html`<${Page} title=${t("login.title")}>
    ${covers && html`<p>${t("login.needed")}</p>`}
    ${!isSecureContext && html`<${Failure} problem=${{ type: "needs-https" }} />`}
    ${isSecureContext && html`<${Card} className="narrow">
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
      </form>
    </${Card}>`}
  </${Page}>`;
}

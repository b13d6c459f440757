// A new password of the reader. A user of an OpenID provider has none here.
import { html, useState } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { put, Problem } from "../../ui/api.js";
import { useAccess } from "../../ui/session.js";
import { announce } from "../../ui/announce.js";
import { Page, Card, Failure } from "../../ui/parts.js";
import { Form, TextField } from "../../ui/form.js";

const DIFFERS = "dashboard:passwords-differ";
const AT_PROVIDER = { type: "password-at-provider" };

export default function Password() {
  const { user } = useAccess();
  const [isChanged, setChanged] = useState(false);
  const send = async ({ current, next, again }) => {
    setChanged(false);
    if (next !== again) {
      throw new Problem({ type: DIFFERS });
    }
    await put("me/password", { current_password: current, new_password: next });
    setChanged(true);
    announce(t("password.changed"));
  };
  const field = { type: "password", required: true, maxlength: "200" };
  return html`<${Page} title=${t("password.title")}>
    ${user?.provider && html`<${Failure} problem=${AT_PROVIDER} />`}
    ${!user?.provider && html`<${Card} className="narrow">
      <${Form} send=${send} faultsOf=${faultsOf} submit=${t("password.submit")}>${(faults) => html`
        <input name="username" autocomplete="username" value=${user?.username} readonly hidden />
        <${TextField} ...${field} name="current" label=${t("password.current")} fault=${faults.current} autocomplete="current-password" />
        <${TextField} ...${field} name="next" label=${t("password.new")} minlength="8" autocomplete="new-password" />
        <${TextField} ...${field} name="again" label=${t("password.again")} fault=${faults.again} autocomplete="new-password" />
      `}</${Form}>
      ${isChanged && html`<p><strong>${t("password.changed")}</strong></p>`}
      <p class="small">${t("password.ends")}</p>
    </${Card}>`}
  </${Page}>`;
}

function faultsOf({ slug }) {
  return {
    ...(slug === "wrong-password" && { current: t("problem.wrong-password") }),
    ...(slug === "passwords-differ" && { again: t("password.differs") }),
  };
}

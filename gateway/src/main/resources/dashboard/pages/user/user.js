// One user: the roles, and a new password.
import { html } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { useLoad } from "../../ui/load.js";
import { change } from "../../ui/api.js";
import { readSession, useAccess } from "../../ui/session.js";
import { announce } from "../../ui/announce.js";
import { Page, Card, Loaded, Facts, Time } from "../../ui/parts.js";
import { Form, TextField, Roles } from "../../ui/form.js";
import { ROLES } from "../users/users.js";

export default function UserPage({ id }) {
  const read = useLoad(`users/${encodeURIComponent(id)}`);
  return read.value
    ? html`<${User} key=${read.value.roles.join()} user=${read.value} again=${read.again} />`
    : html`<${Page} title=${t("nav.users")}><${Loaded} of=${read} /></${Page}>`;
}

function User({ user, again }) {
  const { user: reader } = useAccess();
  const send = async (fields, told) => {
    await change("PATCH", `users/${user.id}`, fields);
    announce(told);
    again();
    // Own roles change what is shown, and an own password ends the session.
    String(reader?.id) === String(user.id) && readSession();
  };
  return html`<${Page} title=${user.name}>
    <${Card}><${Facts} facts=${[
      [t("user.username"), user.username],
      [t("user.email"), user.email],
      [t("user.from"), user.provider ? t("user.at", { provider: user.provider }) : t("user.here")],
      [t("user.created"), html`<${Time} at=${user.created_at} />`],
    ]} /></${Card}>
    <div class="columns">
      <${Card} title=${t("user.roles")}>
        <${Form} send=${({ roles }) => send({ roles }, t("user.roles-changed"))} submit=${t("user.change-roles")}>
          <${Roles} legend=${t("user.may")} roles=${ROLES} chosen=${user.roles} />
        </${Form}>
        <p class="small">${t("user.roles-when")}</p>
      </${Card}>
      ${user.provider && html`<${Card}><p>${t("user.set-at", { provider: user.provider })}</p></${Card}>`}
      ${!user.provider && html`<${Card} title=${t("user.new-password")}>
        <${Form} send=${({ password }) => send({ password }, t("user.password-changed"))} submit=${t("user.set-password")}>
          <input name="username" autocomplete="username" value=${user.username} readonly hidden />
          <${TextField} name="password" type="password" label=${t("user.password")} required minlength="8" maxlength="200" autocomplete="new-password" />
        </${Form}>
        <p class="small">${t("user.password-ends")}</p>
      </${Card}>`}
    </div>
  </${Page}>`;
}

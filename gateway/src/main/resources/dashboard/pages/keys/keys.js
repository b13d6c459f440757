// The API keys of the reader. A key is shown once, when it is made.
import { html, useState } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { useLoad } from "../../ui/load.js";
import { change } from "../../ui/api.js";
import { rolesOf, useAccess } from "../../ui/session.js";
import { announce } from "../../ui/announce.js";
import { Page, Card, Loaded, Table, Time, Empty, Action, Copy } from "../../ui/parts.js";
import { Form, TextField, Roles } from "../../ui/form.js";

export default function Keys() {
  const keys = useLoad("api-keys");
  const [made, setMade] = useState();
  const isMade = (key) => {
    setMade(key);
    announce(t("key.made"));
    keys.again();
  };
  return html`<${Page} title=${t("nav.keys")}>
    <p>${t("key.about")}</p>
    ${made && html`<${Card} title=${t("key.made")}><p>${t("key.once")}</p><${Copy} text=${made.key} /></${Card}>`}
    <${Loaded} of=${keys}>${({ data }) => html`
      ${data.length === 0 && html`<${Empty} title=${t("key.none")} />`}
      ${data.length > 0 && html`<${KeyTable} keys=${data} again=${keys.again} />`}
      <${NewKey} onMade=${isMade} />
    `}</${Loaded}>
  </${Page}>`;
}

function KeyTable({ keys, again }) {
  const head = ["name", "prefix", "scopes", "created", "expires", "used"].map((name) => t(`key.${name}`));
  const remove = async (key) => {
    await change("DELETE", `api-keys/${key.id}`);
    announce(t("key.deleted", { name: key.name }));
    again();
  };
  return html`<${Table} caption=${t("nav.keys")} head=${[...head, t("key.actions")]}>
    ${keys.map((key) => html`<tr key=${key.id}>
      <th scope="row">${key.name}</th>
      <td><code>${key.prefix}…</code></td>
      <td>${key.scopes.map((role) => t(`role.${role}`)).join(", ")}</td>
      <td><${Time} at=${key.created_at} /></td>
      <td>${key.expires_at ? html`<${Time} at=${key.expires_at} />` : t("key.never")}</td>
      <td>${key.last_used_at ? html`<${Time} at=${key.last_used_at} />` : t("key.unused")}</td>
      <td><${Action} act=${() => remove(key)} confirm=${t("key.confirm", { name: key.name })}>${t("key.delete")}</${Action}></td>
    </tr>`)}
  </${Table}>`;
}

function NewKey({ onMade }) {
  const { user } = useAccess();
  const make = async ({ name, roles, end }) =>
    onMade(await change("POST", "api-keys", { name, scopes: roles, ...(end && { expires_at: new Date(end).toISOString() }) }));
  return html`<${Card} title=${t("key.new")}>
    <${Form} send=${make} submit=${t("key.make")}>
      <${TextField} name="name" label=${t("key.name")} required maxlength="200" />
      <${Roles} legend=${t("key.scopes")} roles=${user ? rolesOf(user) : []} />
      <${TextField} name="end" type="datetime-local" label=${t("key.expires")} hint=${t("new.optional")} />
    </${Form}>
  </${Card}>`;
}

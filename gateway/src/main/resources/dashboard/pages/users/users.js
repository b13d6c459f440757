// All users, in the order in which they were added.
import { html, useState } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { to } from "../../ui/router.js";
import { useLoad } from "../../ui/load.js";
import { get, post } from "../../ui/api.js";
import { announce } from "../../ui/announce.js";
import { Page, Card, Loaded, Table, Time, Action } from "../../ui/parts.js";
import { Form, TextField, Roles } from "../../ui/form.js";

export const ROLES = ["viewer", "clerk", "admin"];

export default function Users() {
  const first = useLoad("users");
  const [more, setMore] = useState();
  const readMore = async () => {
    const page = await get(`users?${new URLSearchParams({ cursor: more?.cursor ?? first.value.next_cursor })}`);
    setMore({ users: [...(more?.users ?? []), ...page.data], cursor: page.next_cursor });
  };
  const add = async (fields) => {
    const user = await post("users", fields);
    announce(t("user.added", { username: user.username }));
    // The new user is the last one.
    (more ? more.cursor : first.value.next_cursor) ? first.again() : setMore({ users: [...(more?.users ?? []), user], cursor: null });
  };
  return html`<${Page} title=${t("nav.users")}>
    <${Loaded} of=${first}>${({ data, next_cursor: next }) => html`
      <${Table} caption=${t("nav.users")} head=${["name", "username", "email", "roles", "from", "created"].map((name) => t(`user.${name}`))}>
        ${[...data, ...(more?.users ?? [])].map((user) => html`<tr key=${user.id}>
          <td><a href=${to(`/users/${user.id}`)}>${user.name}</a></td>
          <td>${user.username}</td>
          <td>${user.email}</td>
          <td>${user.roles.map((role) => t(`role.${role}`)).join(", ") || "–"}</td>
          <td>${user.provider ? t("user.at", { provider: user.provider }) : t("user.here")}</td>
          <td><${Time} at=${user.created_at} /></td>
        </tr>`)}
      </${Table}>
      ${(more ? more.cursor : next) && html`<${Action} act=${readMore}>${t("user.more")}</${Action}>`}
      <${Card} title=${t("user.new")}>
        <${Form} send=${add} submit=${t("user.add")}>
          <${TextField} name="name" label=${t("user.name")} required maxlength="200" />
          <${TextField} name="email" type="email" label=${t("user.email")} required maxlength="254" />
          <${TextField} name="username" label=${t("user.username")} required maxlength="200" autocapitalize="none" />
          <${TextField} name="password" type="password" label=${t("user.password")} required minlength="8" maxlength="200" autocomplete="new-password" />
          <${Roles} legend=${t("user.roles")} roles=${ROLES} chosen=${["viewer"]} />
        </${Form}>
      </${Card}>
    `}</${Loaded}>
  </${Page}>`;
}

// Who is logged in, with the way to a new password and the way out.
import { html } from "./html.js";
import { t } from "./text.js";
import { to } from "./router.js";
import { useAccess, logout } from "./session.js";
import { Action } from "./parts.js";

export function Who() {
  const { user } = useAccess();
  return user && html`
    <div class="who"><span title=${user.name}>${user.username}</span><${Action} className="plain" act=${logout}>${t("login.logout")}</${Action}></div>
    ${!user.provider && html`<a href=${to("/password")}>${t("password.title")}</a>`}
  `;
}

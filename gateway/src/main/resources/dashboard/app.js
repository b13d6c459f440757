// The frame: navigation, language, theme, shortcuts, and the page that the address names.
import { html, render, useState, useEffect } from "./ui/html.js";
import { t, LANGUAGES, preferredLanguage, useLanguage, keepLanguage } from "./ui/text.js";
import { usePlace, to } from "./ui/router.js";
import { Page, Loading, Failure } from "./ui/parts.js";
import { Theme } from "./ui/theme.js";
import { Shortcuts } from "./ui/shortcuts.js";
import { Offline } from "./ui/offline.js";
import { Who } from "./ui/who.js";
import { may, readSession, useAccess } from "./ui/session.js";
import { Login, LOGIN } from "./pages/login/login.js";

/** Each page is a folder, loaded when it is opened first. The navigation has those that the reader may use. */
const PAGES = [
  { path: "/", name: "overview", load: () => import("./pages/overview/overview.js") },
  { path: "/tasks", name: "tasks", load: () => import("./pages/tasks/tasks.js") },
  { path: "/new", name: "new", role: "clerk", load: () => import("./pages/new/new.js") },
  { path: "/import", name: "import", role: "clerk", load: () => import("./pages/import/import.js") },
  { path: "/sheets", name: "sheets", load: () => import("./pages/sheets/sheets.js") },
  { path: "/payables", name: "payables", load: () => import("./pages/payables/payables.js") },
  { path: "/workers", name: "workers", load: () => import("./pages/workers/workers.js") },
  { path: "/keys", name: "keys", load: () => import("./pages/keys/keys.js") },
  { path: "/users", name: "users", role: "admin", load: () => import("./pages/users/users.js") },
  { path: "/audit", name: "audit", role: "admin", load: () => import("./pages/audit/audit.js") },
];
/** Pages that other parts lead to. */
const OTHERS = [{ path: "/password", load: () => import("./pages/password/password.js") }];
const DETAILS = [
  { path: "/tasks", load: () => import("./pages/task/task.js") },
  { path: "/sheets", load: () => import("./pages/sheets/sheet.js") },
  { path: "/users", role: "admin", load: () => import("./pages/user/user.js") },
];

function App() {
  const [language, setLanguage] = useState();
  const { user, problem, asks, leaves, round } = useAccess();
  const { path, query } = usePlace();
  const [, first = "", id] = path.split("/");
  const base = `/${first}`;
  useEffect(() => {
    useLanguage(preferredLanguage()).then(setLanguage);
    readSession();
  }, []);
  const choose = async (name) => {
    keepLanguage(name);
    setLanguage(await useLanguage(name));
  };
  if (!language || (user === undefined && !problem)) {
    return null;
  }
  const page = (id ? DETAILS : [...PAGES, ...OTHERS]).find((one) => one.path === base);
  return html`
    <div class="frame">
      <aside>
        <a class="skip" href=${to(path, Object.fromEntries(query))} onClick=${skip}>${t("nav.skip")}</a>
        <a class="brand" href=${to("/")}><img src="dashboard/icon.svg" alt="" width="28" height="28" />Tallyman</a>
        ${user &&
        html`<nav aria-label=${t("nav.label")}>
          <ul>
            ${PAGES.filter((page) => may(page.role)).map(
              (page) => html`<li key=${page.name}>
                <a href=${to(page.path)} aria-current=${page.path === base ? "page" : undefined}>${t(`nav.${page.name}`)}</a>
              </li>`,
            )}
          </ul>
        </nav>`}
        <div class="settings">
          <${Who} />
          <label><span>${t("nav.language")}</span>
            <select value=${language} onChange=${(event) => choose(event.target.value)}>
              ${Object.entries(LANGUAGES).map(([name, own]) => html`<option key=${name} value=${name} lang=${name}>${own}</option>`)}
            </select>
          </label>
          <${Theme} />
          <a href="docs">${t("nav.api")}</a>
          <${Shortcuts} />
        </div>
      </aside>
      <main id="main" tabindex="-1">
        <${Offline} />
        ${user === undefined && html`<${Failure} problem=${problem} again=${readSession} />`}
        ${(asks || user === null || path === LOGIN) && html`<${Login} covers=${Boolean(user) && path !== LOGIN} />`}
        ${user && !leaves && path !== LOGIN &&
        html`<div class="page" hidden=${asks}>
          <${Opened} key=${`${base}/${id ?? ""}/${language}/${round}`} page=${page} id=${id && decodeURIComponent(id)} query=${query} />
        </div>`}
      </main>
    </div>
    <p id="announcements" class="hidden" role="status" aria-live="polite"></p>
  `;
}

function skip(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}

function Opened({ page, id, query }) {
  const [Content, setContent] = useState();
  const [problem, setProblem] = useState();
  const isAllowed = may(page?.role);
  useEffect(() => {
    isAllowed && page?.load().then(
      (module) => setContent(() => module.default),
      () => setProblem({ type: "dashboard:no-answer" }),
    );
  }, []);
  if (!page) {
    return html`<${Page} title=${t("problem.no-page")}><p>${t("cure.no-page")}</p></${Page}>`;
  }
  if (!isAllowed) {
    return html`<${Page} title=${t("problem.forbidden")}><p>${t("cure.forbidden")}</p></${Page}>`;
  }
  if (problem) {
    return html`<${Failure} problem=${problem} again=${() => location.reload()} />`;
  }
  return Content ? html`<${Content} id=${id} query=${query} />` : html`<${Loading} />`;
}

const root = document.getElementById("app");
root.replaceChildren();
render(html`<${App} />`, root);

// Light, dark, or as the system has it.
import { html, useState } from "./html.js";
import { t } from "./text.js";

const KEPT_AS = "tallyman.theme";

function apply(theme) {
  if (theme === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
}

apply(localStorage.getItem(KEPT_AS) ?? "system");

export function Theme() {
  const [theme, setTheme] = useState(localStorage.getItem(KEPT_AS) ?? "system");
  const choose = (event) => {
    localStorage.setItem(KEPT_AS, event.target.value);
    setTheme(event.target.value);
    apply(event.target.value);
  };
  return html`<label><span>${t("nav.theme")}</span>
    <select value=${theme} onChange=${choose}>
      ${["system", "light", "dark"].map((name) => html`<option key=${name} value=${name}>${t(`theme.${name}`)}</option>`)}
    </select>
  </label>`;
}

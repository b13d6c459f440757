// One field for all filters, with completion. It follows the pattern of a combobox with a list.
import { html, useState, useRef, useEffect } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { useLoad } from "../../ui/load.js";
import { useAccess } from "../../ui/session.js";
import { STATUSES } from "./filters.js";
import { read, written, completion } from "./query.js";

const NONE = { options: [] };

export function Search({ filter, onChange }) {
  const types = useLoad("task-types").value?.data.map(({ name }) => name) ?? [];
  const users = useLoad("users?limit=200").value?.data ?? [];
  const { user } = useAccess();
  const known = { statuses: STATUSES, types, users, me: user?.id };
  const told = written(filter, known);
  const [line, setLine] = useState();
  const [faults, setFaults] = useState([]);
  const [list, setList] = useState(NONE);
  const [active, setActive] = useState(-1);
  const field = useRef();
  useEffect(() => {
    setLine(undefined);
    setFaults([]);
  }, [told]);
  const text = line ?? told;

  const complete = () => {
    const found = completion(field.current.value, field.current.selectionStart, known, about);
    setList(found);
    setActive(-1);
  };
  const close = () => setList(NONE);
  const typed = () => {
    setLine(field.current.value);
    setFaults([]);
    complete();
  };
  const take = ({ text: taken }) => {
    const ends = !taken.endsWith(":");
    const changed = `${text.slice(0, list.start)}${taken}${ends ? " " : ""}${text.slice(list.end).replace(/^\s/, "")}`;
    const caret = list.start + taken.length + (ends ? 1 : 0);
    field.current.value = changed;
    field.current.setSelectionRange(caret, caret);
    field.current.focus();
    typed();
  };
  const submit = (event) => {
    event.preventDefault();
    const meant = read(text, known);
    close();
    setFaults(meant.faults);
    meant.faults.length === 0 && onChange(meant.filter);
  };
  const pressed = (event) => {
    const { options } = list;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && options.length === 0) {
      complete();
    } else if (move) {
      event.preventDefault();
      setActive((active + move + options.length + (active < 0 && move < 0 ? 1 : 0)) % options.length);
    } else if ((event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) && active >= 0 && options.length > 0) {
      event.preventDefault();
      take(options[active]);
    } else if (event.key === "Escape" && options.length > 0) {
      event.preventDefault();
      close();
    }
  };
  const isOpen = list.options.length > 0;
  return html`<form class="search" role="search" onSubmit=${submit}>
    <label for="search-line">${t("search.label")}</label>
    <div>
      <input id="search-line" ref=${field} type="text" role="combobox" autocomplete="off" autocapitalize="none" spellcheck=${false} value=${text}
        placeholder=${t("search.example")} aria-autocomplete="list" aria-expanded=${isOpen ? "true" : "false"} aria-controls="search-list"
        aria-activedescendant=${active >= 0 && isOpen ? `search-${active}` : undefined} aria-invalid=${faults.length > 0 ? "true" : undefined}
        aria-describedby=${faults.length > 0 ? "search-faults" : undefined} onInput=${typed} onKeyDown=${pressed} onClick=${complete} onBlur=${close} />
      <button class="primary">${t("search.go")}</button>
      <ul id="search-list" role="listbox" aria-label=${t("search.list")} hidden=${!isOpen}>
        ${list.options.map(
          (option, i) => html`<li key=${option.text} id=${`search-${i}`} role="option" aria-selected=${i === active ? "true" : "false"} onMouseDown=${(event) => {
            event.preventDefault();
            take(option);
          }}><code>${option.text}</code> <small>${option.about}</small></li>`,
        )}
      </ul>
    </div>
    ${faults.length > 0 && html`<ul id="search-faults" class="field-error" role="alert">${faults.map(({ code, term }) => html`<li key=${term}><code>${term}</code> ${t(`search-fault.${code}`)}</li>`)}</ul>`}
  </form>`;

  /** What a word or a value means. */
  function about(term) {
    const [word, value] = term.split(":");
    if (value === "") {
      return t(`search-word.${word}`);
    }
    switch (word) {
      case "status":
        return t(`status.${value}`);
      case "type":
        return t(`type.${value}`);
      default:
        return value === "me" ? t("tasks.me") : (users.find((one) => one.username === value)?.name ?? "");
    }
  }
}

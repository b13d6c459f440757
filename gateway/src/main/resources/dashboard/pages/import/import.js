// An import in steps: a file, what was found in it, its questions, a check, and then the import itself.
import { html, useState, useRef } from "../../ui/html.js";
import { t } from "../../ui/text.js";
import { go, to } from "../../ui/router.js";
import { upload } from "../../ui/api.js";
import { bytes } from "../../ui/format.js";
import { announce } from "../../ui/announce.js";
import { Page, Failure, Loading } from "../../ui/parts.js";
import { Drop } from "./drop.js";
import { Found } from "./found.js";
import { Check } from "./check.js";
import { Known } from "./profiles.js";

/** A MiB of the file is inspected. One byte more tells that the file goes on. */
const INSPECTED = (1 << 20) + 1;

export default function Import() {
  const [file, setFile] = useState();
  const [found, setFound] = useState();
  const [problem, setProblem] = useState();
  const [query, setQuery] = useState();
  const last = useRef();

  const take = async (chosen) => {
    last.current = chosen;
    setFile(chosen);
    setFound(undefined);
    setQuery(undefined);
    setProblem(undefined);
    try {
      const detection = await upload("imports/inspect", beginning(chosen), { keyed: false });
      if (last.current === chosen) {
        setFound(detection);
        announce(t("import.found"));
      }
    } catch (failure) {
      setProblem(failure);
    }
  };
  return html`<${Page} title=${t("nav.import")}>
    <${Drop} onFile=${take} small=${file !== undefined} />
    ${file && html`<p><strong>${file.name}</strong> · ${bytes(file.size)}</p>`}
    ${file && !found && !problem && html`<${Loading} />`}
    ${problem && html`<${Failure} problem=${problem} again=${() => take(file)} />`}
    ${found && html`<${Known} columns=${found.columns} onUse=${setQuery} />`}
    ${found && html`<${Found} key=${file.name + file.lastModified} found=${found} onQuery=${setQuery} />`}
    ${query && html`<${Check} key=${query} file=${file} columns=${found.columns} query=${query} onStarted=${(task) => go(to(`/tasks/${task.task_id}`))} />`}
  </${Page}>`;
}

/** A gzip file is sent with its name, by which its encoding is known. */
function beginning(file) {
  return file.size <= INSPECTED ? file : new File([file.slice(0, INSPECTED)], file.name, { type: file.type });
}

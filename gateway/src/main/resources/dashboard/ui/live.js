// Tasks as they change. tallyman-tasks.js keeps the connection; this file turns its events into what pages show.
import { follow } from "../../tallyman-tasks.js";
import { useState, useEffect } from "./html.js";
import { parse } from "./json.js";
import { slugOf } from "./api.js";
import { loggedIn } from "./access.js";

/** Calls back with each event until it is stopped. Returns the function that stops it. */
function following(target, onEvent, onConnection, onEnd = () => {}) {
  const controller = new AbortController();
  const run = async () => {
    try {
      for await (const event of follow(target, { signal: controller.signal, parse, onConnection })) {
        onEvent(event);
      }
    } catch (failure) {
      if (slugOf(failure.problem?.type) === "not-authenticated") {
        await loggedIn();
        controller.signal.aborted || run();
      } else {
        controller.signal.aborted || onEnd(failure);
      }
    }
  };
  run();
  return () => controller.abort();
}

/**
 * The tasks that match a filter, the newest first: {tasks, cursor, connected, problem}. `tasks` is undefined before the first
 * snapshot. Progress is put into its task.
 */
export function useTasks(filter) {
  const key = JSON.stringify(filter);
  const [state, setState] = useState({ key });
  useEffect(() => {
    const change = (part) => setState((last) => ({ ...last, key, ...part(last) }));
    setState({ key });
    return following(
      { filter },
      (event) => change((last) => changed(last, event)),
      (connected) => change(() => ({ connected })),
      (problem) => change(() => ({ problem })),
    );
  }, [key]);
  return state.key === key ? state : {};
}

function changed({ tasks = [], cursor }, event) {
  if (event.type === "snapshot") {
    return { tasks: event.tasks, cursor: event.next_cursor };
  }
  const known = tasks.some((task) => task.task_id === event.task_id);
  if (event.matches === false) {
    return { tasks: tasks.filter((task) => task.task_id !== event.task_id), cursor };
  }
  if (!known) {
    return { tasks: event.task ? newestFirst([event.task, ...tasks]) : tasks, cursor };
  }
  return { tasks: tasks.map((task) => (task.task_id === event.task_id ? updated(task, event) : task)), cursor };
}

/** Ids begin with the time, so their order is that of the submission. */
function newestFirst(tasks) {
  return tasks.toSorted((one, other) => (one.task_id < other.task_id ? 1 : -1)).slice(0, 400);
}

export function updated(task, event) {
  if (event.type === "task.progress") {
    return event.attempt === task.attempt ? { ...task, progress: event.progress } : task;
  }
  return event.seq > task.seq ? { ...(event.task ?? { ...task, status: event.status, seq: event.seq }) } : task;
}

/** The events of a task until its end: {events, progress, connected}. Progress belongs to an attempt. */
export function useEvents(id) {
  const [state, setState] = useState({ id, events: [] });
  useEffect(() => {
    const change = (part) => setState((last) => ({ ...last, ...part(last) }));
    setState({ id, events: [] });
    return following(
      id,
      (event) =>
        change((last) =>
          event.type === "task.progress"
            ? { progress: event.progress, attempt: event.attempt, heard: performance.now() }
            : { events: [...last.events, event], ...(event.task && { task: event.task }) },
        ),
      (connected) => change(() => ({ connected })),
      (problem) => change(() => ({ problem })),
    );
  }, [id]);
  return state.id === id ? state : { events: [] };
}

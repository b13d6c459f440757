/** A problem (RFC 9457). A program should decide by its `type`, which never changes. */
export interface Problem {
  type?: string;
  title?: string;
  status: number;
  detail?: string;
  [member: string]: unknown;
}

export type TaskStatus = "PENDING" | "STARTED" | "RETRY" | "SUCCESS" | "FAILURE" | "REVOKED";

/** A task, as `GET /api/v1/tasks/{id}` shows it. */
export interface Task {
  task_id: string;
  task: string;
  status: TaskStatus;
  seq: number;
  [member: string]: unknown;
}

/** A change of a task's status. */
export interface StatusEvent {
  type: "task.pending" | "task.started" | "task.retry" | "task.succeeded" | "task.failed" | "task.revoked";
  task_id: string;
  /** Counts the events of the task from 1, without gaps. */
  seq: number;
  /** An instant, such as `2026-01-02T03:04:06.678901Z`. */
  at: string;
  status: TaskStatus;
  attempt: number;
  worker_id: string | null;
  reason: string | null;
  /** False if the task has stopped matching the filter that is followed. */
  matches: boolean;
  /** The task with this `seq`. Null in events that were read later. */
  task: Task | null;
}

/** The progress of a running attempt. Progress that is not sent in time is replaced by later progress. */
export interface ProgressEvent {
  type: "task.progress";
  task_id: string;
  attempt: number;
  progress: { phase: string; unit: string; done: number; total: number | null; [member: string]: unknown };
}

/** The tasks that match a filter. It replaces all that was known. `GET /tasks` with the cursor has the rest. */
export interface SnapshotEvent {
  type: "snapshot";
  tasks: Task[];
  next_cursor: string | null;
}

/** One of several tasks cannot be followed any more. */
export interface ErrorEvent {
  type: "error";
  task_id: string;
  problem: Problem;
}

/** The filters of `GET /api/v1/tasks`. An empty object matches all tasks. */
export interface Filter {
  /** A hyphen before a status excludes it. */
  status?: TaskStatus | `-${TaskStatus}`;
  /** Only tasks of this type. A hyphen before it excludes the type. */
  task?: string;
  /** An instant: only tasks that were created at this time or later. */
  from?: string;
  /** An instant: only tasks that were created before this time. */
  to?: string;
  /** The id of a user: only tasks of this user. Clerks see only their own tasks. */
  submitted_by?: number;
}

/** A WebSocket class, such as the one of the package `ws`. */
export type WebSocketClass = new (url: string, protocol: string) => {
  onopen: unknown;
  onmessage: unknown;
  onerror: unknown;
  onclose: unknown;
  send(text: string): void;
  close(): void;
};

export type Transport = "websocket" | "sse" | "poll";

export interface Options {
  /** The address of the gateway. By default the one that served this file. */
  gateway?: string | URL;
  /**
   * An access token or an API key, or a function that returns one. The function is called for each connection and for
   * each long poll, because tokens expire; it should keep a token as long as the token is valid. It may return undefined,
   * which is for the cookie of a page of the gateway.
   */
  token?: string | (() => string | undefined | Promise<string | undefined>);
  /** Ends the following: the iteration throws the reason of the signal. */
  signal?: AbortSignal;
  /** The last `seq` that the caller has of each task; by default 0, which gives all events. */
  resumeFrom?: Record<string, number>;
  /** Which transports are tried, in this order. By default all: WebSocket, SSE, long poll. */
  transports?: Transport[];
  /** Node.js 20 has no WebSocket class. Without this option, it begins with SSE. */
  WebSocket?: WebSocketClass;
  fetch?: typeof fetch;
  /** Reads JSON, by default with `JSON.parse`, which rounds integers above 2^53. */
  parse?: (text: string) => unknown;
  /** Is told when a connection is made (true) and when it is lost (false). After a loss it connects again by itself. */
  onConnection?: (connected: boolean) => void;
}

/** An answer of the gateway that is a problem. */
export class TallymanError extends Error {
  readonly problem: Problem;
}

/**
 * Yields every event of a task once and in order, and ends after its last event. Disconnects are not visible: it
 * connects again, after a random delay, and gets exactly the events that it missed.
 *
 * @throws TallymanError if the gateway rejects the request, or if the task does not exist
 */
export function follow(task: string, options?: Options): AsyncGenerator<StatusEvent | ProgressEvent, void, void>;

/**
 * The same for 1 to 200 tasks, or for the tasks of a group. It ends when all tasks have ended. A task that does not
 * exist or has expired gives an `error`; the others go on.
 */
export function follow(
  tasks: string[] | { group_id: string },
  options?: Options,
): AsyncGenerator<StatusEvent | ProgressEvent | ErrorEvent, void, void>;

/**
 * Yields a `snapshot`, then the events of all tasks that match, without end. After a disconnect it yields a new
 * snapshot, which replaces all that was known. With the transport `poll` it yields only snapshots.
 */
export function follow(
  target: { filter: Filter },
  options?: Options,
): AsyncGenerator<SnapshotEvent | StatusEvent | ProgressEvent, void, void>;

package io.tallyman.gateway.live.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.group.GroupClient;
import io.tallyman.gateway.live.event.JsonEncoder;
import io.tallyman.gateway.live.event.TaskFilter;
import io.tallyman.gateway.live.session.Close;
import io.tallyman.gateway.live.session.Frame;
import io.tallyman.gateway.live.session.HiddenTask;
import io.tallyman.gateway.live.session.Session;
import io.tallyman.gateway.live.websocket.ClientFrame.Cancel;
import io.tallyman.gateway.live.websocket.ClientFrame.Filter;
import io.tallyman.gateway.live.websocket.ClientFrame.Ping;
import io.tallyman.gateway.live.websocket.ClientFrame.Subscribe;
import io.tallyman.gateway.live.websocket.ClientFrame.Unsubscribe;
import io.tallyman.gateway.live.websocket.FrameReader.Envelope;
import io.tallyman.gateway.task.LinkedTask;
import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.task.TaskClient;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem;
import io.tallyman.kit.problem.Problem.FieldError;
import io.tallyman.kit.request.RequestId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Processes the frames of one client, in order, one at a time. */
final class Conversation {
  private static final int MOST_WAITING = 100;
  private static final int MOST_TASKS = 200;

  private final Session session;
  private final SocketTransport transport;
  private final FrameReader reader;
  private final JsonEncoder encoder;
  private final TaskClient tasks;
  private final GroupClient groups;
  private final ExecutorService executor;

  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private boolean working;
  private boolean ended;

  Conversation(
      Session session,
      SocketTransport transport,
      FrameReader reader,
      JsonEncoder encoder,
      TaskClient tasks,
      GroupClient groups,
      ExecutorService executor) {
    this.session = session;
    this.transport = transport;
    this.reader = reader;
    this.encoder = encoder;
    this.tasks = tasks;
    this.groups = groups;
    this.executor = executor;
  }

  Session session() {
    return session;
  }

  SocketTransport transport() {
    return transport;
  }

  /** Does not block. */
  void receive(byte[] message) {
    boolean tooMany;
    boolean start;
    synchronized (waiting) {
      tooMany = waiting.size() >= MOST_WAITING;
      start = !working && !tooMany && !ended;
      working |= start;
      if (!tooMany && !ended) {
        waiting.add(message);
      }
    }
    if (tooMany) {
      close(Close.TOO_MANY);
    } else if (start) {
      executor.execute(this::work);
    }
  }

  /** Processes no further frame. Does not block. */
  void close(Close reason) {
    synchronized (waiting) {
      ended = true;
      waiting.clear();
    }
    session.close(reason);
  }

  private void work() {
    try (var _ = RequestId.inLog(session.viewer().requestId())) {
      byte[] next = next();
      while (next != null) {
        process(next);
        next = next();
      }
    }
  }

  private byte @Nullable [] next() {
    synchronized (waiting) {
      byte[] next = waiting.poll();
      working = next != null;
      return next;
    }
  }

  private void process(byte[] message) {
    if (!ByteBufUtil.isText(Unpooled.wrappedBuffer(message), UTF_8)) {
      close(Close.NOT_UTF_8);
      return;
    }
    Envelope envelope = reader.open(message).orElse(null);
    if (envelope == null) {
      close(Close.MALFORMED);
      return;
    }
    try {
      process(reader.read(envelope));
    } catch (RuntimeException failure) {
      if (!Session.hasEnded(failure)) {
        refuse(envelope.ref(), failure);
      }
    }
  }

  private void process(ClientFrame frame) {
    switch (frame) {
      case Ping ping -> send(new ServerFrame.Pong(ping.ref()));
      case Unsubscribe unsubscribe -> unsubscribe(unsubscribe);
      case Cancel cancel -> cancel(cancel);
      case Subscribe subscribe -> subscribe(subscribe);
    }
  }

  /** Allowed for the same senders as {@code POST /api/v1/tasks/{id}/cancel}. */
  private void cancel(Cancel frame) {
    Access.CLERK.check(session.viewer().sender());
    send(new ServerFrame.Ack(frame.ref(), LinkedTask.of(tasks.cancel(frame.taskId()))));
  }

  private void unsubscribe(Unsubscribe frame) {
    if (!session.unfollow(frame.subscription())) {
      throw invalid("/subscription", "is not the ref of an open subscription");
    }
    send(new ServerFrame.Ack(frame.ref(), null));
  }

  private void subscribe(Subscribe frame) {
    long selections =
        List.of(frame.taskIds() != null, frame.groupId() != null, frame.filter() != null).stream()
            .filter(given -> given)
            .count();
    if (selections != 1) {
      throw invalid("", "must have exactly one of task_ids, group_id and filter");
    }
    Filter filter = frame.filter();
    if (filter == null) {
      List<UUID> ids = ids(frame);
      follow(frame.ref(), ids, resumeFrom(frame, ids));
    } else if (frame.resumeFrom() != null) {
      throw invalid("/resume_from", "is only for task_ids and group_id; remove it");
    } else {
      session
          .follow(
              frame.ref(),
              TaskFilter.of(
                  "/filter/",
                  filter.status(),
                  filter.task(),
                  filter.from(),
                  filter.to(),
                  filter.submittedBy()))
          .join();
    }
  }

  private List<UUID> ids(Subscribe frame) {
    List<UUID> ids = frame.taskIds();
    if (ids == null) {
      return groups.show(Objects.requireNonNull(frame.groupId())).tasks().stream()
          .map(Task::taskId)
          .toList();
    }
    if (ids.isEmpty() || ids.size() > MOST_TASKS) {
      throw invalid("/task_ids", "must have 1 to " + MOST_TASKS + " ids");
    }
    if (ids.contains(null) || new HashSet<>(ids).size() < ids.size()) {
      throw invalid("/task_ids", "must have different ids, none of them null");
    }
    return ids;
  }

  private static Map<UUID, Integer> resumeFrom(Subscribe frame, List<UUID> ids) {
    Map<UUID, Integer> resumeFrom = new HashMap<>();
    Objects.requireNonNullElse(frame.resumeFrom(), Map.<String, Integer>of())
        .forEach(
            (id, seq) -> {
              UUID task =
                  ids.stream()
                      .filter(each -> each.toString().equals(id))
                      .findFirst()
                      .orElseThrow(
                          () -> invalid("/resume_from", "may have tasks of this frame only"));
              if (seq == null || seq < 0) {
                throw invalid("/resume_from/" + id, "must be a seq, or 0 for all events");
              }
              resumeFrom.put(task, seq);
            });
    return resumeFrom;
  }

  private void follow(String ref, List<UUID> ids, Map<UUID, Integer> resumeFrom) {
    CompletableFuture<List<UUID>> started = session.follow(ref, ids, resumeFrom);
    for (UUID missing : started.join()) {
      send(new ServerFrame.Rejection(ref, missing, absence(missing)));
    }
  }

  /** Asks for the missing task alone, so that billing-service answers with the reason. */
  private Problem absence(UUID id) {
    try {
      tasks.show(id);
      throw new HiddenTask(id);
    } catch (RuntimeException reason) {
      return Problems.of(reason, session.viewer().requestId());
    }
  }

  private void refuse(String ref, RuntimeException failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    send(new ServerFrame.Rejection(ref, null, Problems.of(cause, session.viewer().requestId())));
  }

  private void send(ServerFrame frame) {
    session.send(Frame.of(encoder.encode(frame)));
  }

  private static InvalidFields invalid(String pointer, String detail) {
    return new InvalidFields(List.of(new FieldError(pointer, detail)));
  }
}

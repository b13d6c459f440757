package io.tallyman.gateway.live;

import io.micronaut.scheduling.TaskExecutors;
import io.tallyman.gateway.live.EventClient.ChangedTask;
import io.tallyman.gateway.live.EventClient.Position;
import io.tallyman.gateway.live.EventClient.Recent;
import io.tallyman.gateway.live.EventClient.Wanted;
import io.tallyman.gateway.live.EventClient.WantedTask;
import io.tallyman.gateway.live.event.Encoded;
import io.tallyman.gateway.live.event.JsonEncoder;
import io.tallyman.gateway.live.event.Snapshot;
import io.tallyman.gateway.live.event.Step;
import io.tallyman.gateway.live.event.Subject;
import io.tallyman.gateway.live.event.TaskEvent;
import io.tallyman.gateway.live.event.TaskFilter;
import io.tallyman.gateway.live.event.TaskProgress;
import io.tallyman.gateway.task.Task;
import io.tallyman.gateway.task.TaskStatus;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what happens to tasks, and tells it to the listeners of this gateway. One thread reads and
 * tells, in batches. So the events of a task are told in order, and only after billing-service has
 * committed them.
 *
 * <p>Hints say which tasks to read. A hint may be lost, so the events of the last seconds are read
 * too. If more than a few seconds may have been missed, each listener of a filter gets a new
 * snapshot, and each followed task is read again.
 */
@Singleton
public final class LiveEvents {
  private static final Logger LOG = LoggerFactory.getLogger(LiveEvents.class);

  private static final int MOST_RECENT_READS = 20;

  /** Of the tasks that wait to be read, without those that are followed by their ids. */
  private static final int MOST_TO_READ = 50_000;

  private static final Duration BETWEEN_RECENT_READS = Duration.ofSeconds(3);

  /** A transaction may commit this long after the time of its events. */
  private static final Duration OVERLAP = Duration.ofSeconds(10);

  /** After a longer gap between two reads, too many events may have been missed to read them. */
  private static final Duration LONGEST_GAP = Duration.ofSeconds(20);

  private static final long STOP_MILLIS = 2_000;
  private static final long FAILURE_PAUSE_MILLIS = 500;

  /** For a task that has changed in an unknown way. */
  private static final int NOT_HINTED = Integer.MAX_VALUE;

  private final EventClient client;
  private final JsonEncoder encoder;
  private final Inbox inbox = new Inbox();
  private final Thread thread =
      Thread.ofPlatform().name("live-events").daemon().unstarted(this::run);

  // All of these belong to the thread.
  private final Deque<Start> starts = new ArrayDeque<>();
  private final Map<UUID, Integer> toRead = new LinkedHashMap<>();
  private final Followers followers = new Followers();
  private final KnownTasks known = new KnownTasks();
  private final FilterFeeds feeds;
  private @Nullable Instant readUntil;
  private long readAt;

  LiveEvents(
      EventClient client,
      SnapshotReader snapshots,
      JsonEncoder encoder,
      @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.client = client;
    this.encoder = encoder;
    this.feeds = new FilterFeeds(snapshots, executor, inbox::command);
  }

  private record Start(List<FollowedTask> wanted, TaskListener listener) {}

  /**
   * Follows tasks until {@link #unfollow}. Nothing more is told of a task after its end.
   *
   * @param ids at most 200
   * @param resumeFrom the last event that the client has, for tasks whose later events are wanted;
   *     for the other tasks their current state is wanted
   */
  public void follow(List<UUID> ids, Map<UUID, Integer> resumeFrom, TaskListener listener) {
    List<FollowedTask> wanted =
        ids.stream()
            .map(
                id ->
                    new FollowedTask(
                        id, listener, resumeFrom.getOrDefault(id, FollowedTask.CURRENT)))
            .toList();
    inbox.command(() -> starts.add(new Start(wanted, listener)));
  }

  /** Ends what {@link #follow(List, Map, TaskListener)} began. */
  @SuppressWarnings("ReferenceEquality") // a listener is one stream, whatever it contains
  public void unfollow(List<UUID> ids, TaskListener listener) {
    inbox.command(
        () -> {
          starts.removeIf(start -> start.listener() == listener);
          ids.forEach(id -> followers.remove(id, task -> task.listener() == listener));
        });
  }

  /** Follows all tasks that match a filter, until {@link #unfollow}. */
  public void follow(TaskFilter filter, FilterListener listener) {
    inbox.command(() -> feeds.add(filter, listener));
  }

  /** Ends what {@link #follow(TaskFilter, FilterListener)} began. */
  public void unfollow(TaskFilter filter, FilterListener listener) {
    inbox.command(() -> feeds.remove(filter, listener));
  }

  /** A hint: a task has changed. */
  public void changed(UUID id, int seq) {
    inbox.hint(id, seq);
  }

  /** Progress of an attempt. Only the latest of each task is told. */
  public void progressed(TaskProgress progress) {
    inbox.progress(progress);
  }

  /** Hints may have been lost for an unknown time. */
  public void missedHints() {
    inbox.missedHints();
  }

  @PostConstruct
  void start() {
    thread.start();
  }

  @PreDestroy
  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join(STOP_MILLIS);
  }

  private void run() {
    try {
      while (true) {
        try {
          step(inbox.take(patience()));
        } catch (RuntimeException failure) {
          LOG.debug("Events could not be read; they are read again soon", failure);
          feeds.failNew(failure);
          TimeUnit.MILLISECONDS.sleep(FAILURE_PAUSE_MILLIS);
        }
      }
    } catch (InterruptedException stop) {
      LOG.debug("The thread that reads events has stopped");
    }
  }

  private long patience() {
    if (!starts.isEmpty() || !toRead.isEmpty()) {
      return 0;
    }
    if (readUntil == null) {
      return nobodyFollows() ? Long.MAX_VALUE : 0;
    }
    return readAt + BETWEEN_RECENT_READS.toNanos() - System.nanoTime();
  }

  private boolean nobodyFollows() {
    return starts.isEmpty() && followers.isEmpty() && feeds.isEmpty();
  }

  private void step(Inbox.Content content) {
    content.commands().forEach(Runnable::run);
    content.hints().forEach((id, seq) -> toRead.merge(id, seq, Math::min));
    if (content.missed() || toRead.size() > MOST_TO_READ + followers.tasks().size()) {
      toRead.clear();
      readUntil = null;
    }
    if (nobodyFollows()) {
      inbox.close();
      toRead.clear();
      readUntil = null;
      return;
    }
    startFollowing();
    readRecent();
    feeds.readWanted();
    readChanged();
    content.progress().forEach(this::tell);
  }

  /** Finds events whose hints were lost. */
  private void readRecent() {
    long now = System.nanoTime();
    Instant since = readUntil;
    if (since == null || now - readAt > LONGEST_GAP.toNanos()) {
      restart(now);
    } else if (now - readAt >= BETWEEN_RECENT_READS.toNanos()) {
      readRecent(since.minus(OVERLAP), now);
    }
  }

  private void readRecent(Instant since, long now) {
    Instant from = since;
    for (int reads = 0; reads < MOST_RECENT_READS; reads++) {
      Recent recent = client.recent(from.toString());
      recent.data().stream().filter(this::isNews).forEach(this::readLater);
      if (recent.next() == null) {
        readUntil = recent.now();
        readAt = now;
        feeds.tick();
        return;
      }
      from = recent.next();
    }
    restart(now);
  }

  private void restart(long now) {
    readUntil = null;
    Instant time = client.recent(null).now();
    known.restart(time);
    followers.tasks().forEach(id -> toRead.put(id, NOT_HINTED));
    feeds.restart();
    readUntil = time;
    readAt = now;
  }

  private boolean isNews(Position position) {
    KnownTasks.Known last = known.get(position.taskId());
    return (!feeds.isEmpty() && (last == null || last.seq() < position.seq()))
        || followers.of(position.taskId()).stream().anyMatch(task -> task.told() < position.seq());
  }

  private void readLater(Position position) {
    toRead.putIfAbsent(position.taskId(), NOT_HINTED);
  }

  private void startFollowing() {
    List<Start> batch = new ArrayList<>();
    int size = 0;
    while (!starts.isEmpty() && size + starts.getFirst().wanted().size() <= EventClient.MOST) {
      Start next = starts.removeFirst();
      size += next.wanted().size();
      batch.add(next);
    }
    if (batch.isEmpty()) {
      return;
    }
    try {
      Map<UUID, ChangedTask> found =
          read(
              batch.stream()
                  .flatMap(start -> start.wanted().stream())
                  .collect(Collectors.toMap(FollowedTask::id, FollowedTask::told, Math::min)));
      batch.forEach(start -> begin(start, found));
    } catch (RuntimeException failure) {
      batch.forEach(start -> start.listener().failed(failure));
    }
  }

  /** Hints of the tasks wait meanwhile, because the same thread reads them. */
  private void begin(Start start, Map<UUID, ChangedTask> found) {
    List<Task> current = new ArrayList<>();
    List<UUID> missing = new ArrayList<>();
    Map<FollowedTask, ChangedTask> resumed = new LinkedHashMap<>();
    for (FollowedTask wanted : start.wanted()) {
      ChangedTask changed = found.get(wanted.id());
      if (changed == null) {
        missing.add(wanted.id());
      } else if (wanted.needsState(changed.task())) {
        wanted.has(changed.task());
        current.add(changed.task());
      } else {
        resumed.put(wanted, changed);
      }
      if (changed != null) {
        followers.add(wanted);
      }
    }
    start
        .listener()
        .started(
            new Snapshot(encoder, current, null),
            resumed.values().stream().map(changed -> Subject.of(changed.task())).toList(),
            missing);
    resumed.forEach((wanted, changed) -> tell(wanted, steps(changed), changed.task()));
    start.wanted().forEach(wanted -> followers.remove(wanted.id(), FollowedTask::hasEnded));
  }

  private void readChanged() {
    Map<UUID, Integer> hints = new LinkedHashMap<>();
    Iterator<Map.Entry<UUID, Integer>> next = toRead.entrySet().iterator();
    while (next.hasNext() && hints.size() < EventClient.MOST) {
      Map.Entry<UUID, Integer> entry = next.next();
      if (!feeds.isEmpty() || !followers.of(entry.getKey()).isEmpty()) {
        hints.put(entry.getKey(), entry.getValue());
      }
      next.remove();
    }
    if (hints.isEmpty()) {
      return;
    }
    try {
      read(hints.keySet().stream().collect(Collectors.toMap(id -> id, this::after)))
          .forEach((id, changed) -> tell(changed, hints.getOrDefault(id, NOT_HINTED)));
    } catch (RuntimeException failure) {
      hints.forEach((id, seq) -> toRead.merge(id, seq, Math::min));
      throw failure;
    }
  }

  /** The last event of a task that everybody here has. */
  private int after(UUID id) {
    int after =
        followers.of(id).stream().mapToInt(FollowedTask::told).min().orElse(Integer.MAX_VALUE);
    if (feeds.isEmpty()) {
      return after;
    }
    KnownTasks.Known last = known.get(id);
    return Math.min(after, last == null ? 0 : last.seq());
  }

  private Map<UUID, ChangedTask> read(Map<UUID, Integer> afters) {
    List<WantedTask> wanted =
        afters.entrySet().stream()
            .map(entry -> new WantedTask(entry.getKey(), entry.getValue()))
            .toList();
    return client.read(new Wanted(wanted)).data().stream()
        .collect(Collectors.toMap(changed -> changed.task().taskId(), Function.identity()));
  }

  private void tell(ChangedTask changed, int hinted) {
    UUID id = changed.task().taskId();
    List<Step> steps = steps(changed);
    for (FollowedTask following : followers.of(id)) {
      tell(following, steps, changed.task());
    }
    followers.remove(id, FollowedTask::hasEnded);
    if (!feeds.isEmpty()) {
      for (Step step : steps) {
        if (known.isNew(id, step.event(), hinted)) {
          feeds.tell(step);
        }
        known.put(id, step.event());
      }
    }
  }

  private void tell(FollowedTask following, List<Step> steps, Task task) {
    steps.forEach(following::tell);
    if (following.told() == task.seq()) {
      following.has(task);
    } else {
      // There are more events than one read returns.
      toRead.putIfAbsent(following.id(), NOT_HINTED);
    }
  }

  private List<Step> steps(ChangedTask changed) {
    Task task = changed.task();
    Subject subject = Subject.of(task);
    KnownTasks.Known last = known.get(task.taskId());
    List<Step> steps = new ArrayList<>();
    TaskStatus before = null;
    for (TaskEvent event : changed.events()) {
      if (before == null && last != null && last.seq() == event.seq() - 1) {
        before = last.status();
      }
      boolean latest = event.seq() == task.seq();
      steps.add(new Step(encoder, subject, event, before, latest ? task : null));
      before = event.status();
    }
    return steps;
  }

  private void tell(TaskProgress progress) {
    Subject subject = progress.subject();
    Encoded encoded = encoder.progress(progress);
    for (FollowedTask following : followers.of(progress.taskId())) {
      following.progress(subject, progress.attempt(), encoded);
    }
    KnownTasks.Known last = known.get(progress.taskId());
    if (!feeds.isEmpty() && last == null) {
      toRead.putIfAbsent(progress.taskId(), NOT_HINTED);
    } else if (last != null
        && last.status() == TaskStatus.STARTED
        && last.attempt() == progress.attempt()) {
      feeds.progress(subject, encoded);
    }
  }
}

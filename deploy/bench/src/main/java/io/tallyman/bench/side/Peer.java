package io.tallyman.bench.side;

import io.tallyman.bench.backing.Backing;
import io.tallyman.bench.load.HttpConnection;
import io.tallyman.embedded.process.LogTail;
import io.tallyman.embedded.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * FastAPI, Celery, SQLAlchemy and Redis, as their tutorials put them together, in {@code
 * deploy/bench/peer}. Each program has one process for each core.
 */
public final class Peer implements Side {
  public static final String NAME = "peer";

  /** What Tallyman does for each task and the peer does not. */
  public static final List<String> OMISSIONS =
      List.of(
          "no row for a task in the database: a task is a message, and its result is in Redis,"
              + " which writes nothing to the disk",
          "no confirm of the broker before the answer: a task can be lost after the answer",
          "no fsync and no rename of a sheet: a file can be partial",
          "no digest, no totals and no manifest of a sheet",
          "no lease, no heartbeat, no progress and no events of a task");

  private static final String LIBRARIES =
      "celery, fastapi, httptools, httpx, psycopg2, redis, sqlalchemy, uvicorn, uvloop";
  private static final int FAILED = 500;
  private static final String CELERY = "celery";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final PatientRequests requests = new PatientRequests(status -> status >= FAILED);
  private final Path sources;
  private final Path directory;
  private final String python;
  private final int processes;
  private final int redis = Ports.free();
  private final int web = Ports.free();
  private final int users = Ports.free();
  private final Map<String, String> environment = new HashMap<>();
  private final Programs programs = new Programs();

  private Peer(Path home, Path directory, String python, Backing backing, int processes) {
    this.sources = home.resolve("deploy/bench/peer");
    this.directory = directory;
    this.python = python;
    this.processes = processes;
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    environment.put("DATABASE_URL", databaseUrl(backing, "billing"));
    environment.put("USERS_DATABASE_URL", databaseUrl(backing, "users"));
    environment.put("BROKER_URL", backing.broker(NAME).toString());
    environment.put("REDIS_URL", "redis://127.0.0.1:" + redis + "/0");
    environment.put("USER_SERVICE_URL", Ports.url(users));
    environment.put("SHEETS", directory.resolve("sheets").toString());
  }

  /** A Python that has the libraries; empty if there is none, or no Redis. */
  public static Optional<String> python() {
    return runs("redis-server", "--version")
        ? Stream.of("python3", "/usr/bin/python3")
            .filter(python -> runs(python, "-c", "import " + LIBRARIES))
            .findFirst()
        : Optional.empty();
  }

  /** Says what is missing where {@link #python()} is empty. */
  public static String missing() {
    return "it needs redis-server and a python3 with " + LIBRARIES;
  }

  /**
   * Returns when everything is ready.
   *
   * @param directory a new folder for logs and sheets
   * @param processes the number of processes of each program
   */
  public static Peer start(
      Path home, Path directory, String python, Backing backing, int processes) {
    Peer peer = new Peer(home, directory, python, backing, processes);
    Runtime.getRuntime().addShutdownHook(new Thread(peer::close, "stop-peer"));
    try {
      Files.createDirectories(directory.resolve("sheets"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    peer.launch();
    return peer;
  }

  @Override
  public void launch() {
    launch("redis", "redis-server --save '' --appendonly no --bind 127.0.0.1 --port " + redis);
    program("redis").awaitReady(() -> Ports.isTaken(redis));
    launchCelery(processes);
    launchWeb("users", users);
    launchWeb("web", web);
    awaitCelery();
  }

  @Override
  public void setWorkers(int workers) {
    programs.stop(CELERY);
    launchCelery(workers);
    awaitCelery();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public URI address() {
    return URI.create(Ports.url(web));
  }

  @Override
  public String submit(HttpConnection connection, LocalDate day) {
    String answer =
        connection.post("/tasks", "", "{\"billing_date\":\"" + day + "\"}").expect(202).text();
    return JSON.readTree(answer).get("task_id").asString();
  }

  @Override
  public Ended await(HttpConnection connection, String task, Duration pause) {
    while (true) {
      String answer = connection.get("/tasks/" + task, "").expect(200).text();
      JsonNode node = JSON.readTree(answer);
      switch (node.get("status").asString()) {
        case "SUCCESS" -> {
          // Celery's time is in UTC and does not say so.
          Instant done = Instant.parse(node.get("date_done").asString() + "Z");
          return new Ended(task, done, task, "");
        }
        case "FAILURE", "REVOKED" -> throw new IllegalStateException("Task failed: " + answer);
        default -> sleep(pause);
      }
    }
  }

  @Override
  public byte[] sheet(HttpConnection connection, Ended ended) {
    return connection.get("/sheets/" + ended.sheet(), "").expect(200).body();
  }

  @Override
  public void user(HttpConnection connection, long id) {
    requests.send(() -> connection.get("/users/" + id, "")).expect(200);
  }

  @Override
  public String slowPath(int seconds) {
    return "/slow?seconds=" + seconds;
  }

  @Override
  public String slowHeaders(int seconds) {
    return "";
  }

  @Override
  public long refused() {
    return requests.refused();
  }

  @Override
  public Map<String, ProcessHandle> processes() {
    return programs.processes();
  }

  @Override
  public synchronized void close() {
    programs.stopAll();
  }

  /** Each start has a log of its own, which says when it is ready. */
  private void launchCelery(int workers) {
    launch(
        CELERY,
        "%s -m celery -A tasks worker --loglevel INFO --concurrency %d".formatted(python, workers),
        directory.resolve("%s-%d.log".formatted(CELERY, System.nanoTime())));
  }

  private void awaitCelery() {
    Program celery = program(CELERY);
    celery.awaitReady(() -> LogTail.mentions(celery.log(), " ready."));
  }

  private void launchWeb(String module, int port) {
    launch(
        module,
        "%s -m uvicorn %s:app --host 127.0.0.1 --port %d --workers %d --no-access-log"
            .formatted(python, module, port, processes));
    program(module).awaitReady(() -> answers(port));
  }

  private void launch(String name, String command) {
    launch(name, command, directory.resolve(name + ".log"));
  }

  /** As many open files as the machine allows, as a service manager would give. */
  private void launch(String name, String command, Path log) {
    List<String> shell = List.of("/bin/sh", "-c", "ulimit -n $(ulimit -Hn); exec " + command);
    programs.add(Program.start(name, sources, log, environment, shell));
  }

  private Program program(String name) {
    Program program = programs.find(name);
    if (program == null) {
      throw new IllegalStateException(name + " does not run.");
    }
    return program;
  }

  private static String databaseUrl(Backing backing, String name) {
    return "postgresql+psycopg2://%s:%s@%s/%s"
        .formatted(name, backing.password(name), backing.postgres(), name);
  }

  private static boolean answers(int port) {
    try (HttpConnection connection = new HttpConnection(URI.create(Ports.url(port)))) {
      return connection.get("/openapi.json", "").status() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static boolean runs(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The benchmark was interrupted.", e);
    }
  }
}

package io.tallyman.bench.side;

import io.tallyman.bench.backing.Backing;
import io.tallyman.bench.load.HttpConnection;
import io.tallyman.bench.load.HttpConnection.Answer;
import io.tallyman.embedded.process.Ports;
import io.tallyman.standalone.client.GatewayClient;
import io.tallyman.standalone.process.ServiceProgram;
import io.tallyman.standalone.sample.SampleWork;
import io.tallyman.standalone.stack.AotCache;
import io.tallyman.standalone.stack.Readiness;
import io.tallyman.standalone.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The services of Tallyman as processes, with their default settings, started from AOT caches as
 * {@code ./tallyman up} does.
 */
public final class Tallyman implements Side {
  public static final String NAME = "Tallyman";

  static final String USERS = "user-service";
  static final String BILLING = "billing-service";
  static final String GATEWAY = "gateway";
  static final String WORKER = "worker";
  private static final String WAIT = "Prefer: wait=30\r\n";
  private static final int BUSY = 503;

  /** The number of tasks of a group. */
  public static final int GROUP = 100;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final PatientRequests requests = new PatientRequests(status -> status == BUSY);
  private final Path home;
  private final Path directory;
  private final TallymanSettings settings;
  private final int workers;
  private final Map<String, Integer> ports = new HashMap<>();
  private final Programs programs = new Programs();
  private @Nullable String apiKey;

  private Tallyman(Path home, Path directory, Backing backing, int workers) {
    this.home = home;
    this.directory = directory;
    this.settings = new TallymanSettings(backing, store(), this::url);
    this.workers = workers;
  }

  /**
   * Returns when all services are ready.
   *
   * @param home the root of the built repository
   * @param directory a new folder for logs and sheets
   */
  public static Tallyman start(Path home, Path directory, Backing backing, int workers) {
    Stack.train(home, new SampleWork());
    Tallyman tallyman = new Tallyman(home, directory, backing, workers);
    Runtime.getRuntime().addShutdownHook(new Thread(tallyman::close, "stop-tallyman"));
    try {
      Files.createDirectories(directory.resolve("store"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tallyman.launch();
    return tallyman;
  }

  @Override
  public void launch() {
    launch(List.of(USERS, BILLING));
    launch(Stream.concat(Stream.of(GATEWAY), workers(workers)).toList());
    if (apiKey == null) {
      GatewayClient client = new GatewayClient(address());
      client.logIn("admin", settings.adminPassword());
      apiKey = client.newApiKey("benchmark", "admin");
    }
  }

  @Override
  public void setWorkers(int workers) {
    List<String> wanted = workers(workers).toList();
    launch(wanted.stream().filter(name -> !programs.has(name)).toList());
    programs.names().stream()
        .filter(name -> isWorker(name) && !wanted.contains(name))
        .forEach(programs::stop);
  }

  /** The folder of the sheet store. */
  public Path store() {
    return directory.resolve("store");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public URI address() {
    return URI.create(url(GATEWAY));
  }

  @Override
  public String submit(HttpConnection connection, LocalDate day) {
    return submit(connection, "", day);
  }

  /**
   * @param more more fields of the task, each with its comma
   */
  public String submit(HttpConnection connection, String more, LocalDate day) {
    return accepted(connection, "/api/v1/tasks", sheetTask(more, day)).get("task_id").asString();
  }

  /**
   * Submits {@value #GROUP} equal tasks together.
   *
   * @return the id of the group
   */
  public String submitGroup(HttpConnection connection, String more, LocalDate day) {
    String tasks =
        Stream.generate(() -> sheetTask(more, day)).limit(GROUP).collect(Collectors.joining(","));
    return accepted(connection, "/api/v1/task-groups", "{\"tasks\":[" + tasks + "]}")
        .get("group_id")
        .asString();
  }

  private JsonNode accepted(HttpConnection connection, String path, String body) {
    Answer answer = requests.send(() -> connection.post(path, authorization(), body));
    return JSON.readTree(answer.expect(202).text());
  }

  /** Cancels the tasks of a group that have not ended. */
  public void cancelGroup(HttpConnection connection, String group) {
    requests.send(
        () -> connection.post("/api/v1/task-groups/" + group + "/cancel", authorization(), ""));
  }

  /** Uploads a CSV file to import, and returns the id of the task. */
  public String upload(Path file) {
    URI address = address().resolve("/api/v1/imports");
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .header("Authorization", "Bearer " + apiKey)
              .header("Content-Type", "text/csv")
              .POST(HttpRequest.BodyPublishers.ofFile(file))
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 202) {
        throw new IllegalStateException("The upload was refused: " + answer.body());
      }
      return JSON.readTree(answer.body()).get("task_id").asString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The benchmark was interrupted.", e);
    }
  }

  /** The number of rows that an import has added. */
  public long imported(HttpConnection connection, String task) {
    String answer = connection.get("/api/v1/tasks/" + task, authorization()).expect(200).text();
    return JSON.readTree(answer).get("result").get("imported").asLong();
  }

  /** A task that does not end while the benchmark runs. */
  @Override
  public String slowPath(int seconds) {
    try (HttpConnection connection = new HttpConnection(address())) {
      String never = "\"eta\":\"%s\",".formatted(later());
      return "/api/v1/tasks/" + submit(connection, never, LocalDate.EPOCH);
    }
  }

  /** An eta that does not come while the benchmark runs. */
  public static Instant later() {
    return Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public String slowHeaders(int seconds) {
    return authorization() + "Prefer: wait=%d\r\n".formatted(seconds);
  }

  /** A complete line. The key is made at the first start, and stays valid. */
  private String authorization() {
    return "Authorization: Bearer " + apiKey + "\r\n";
  }

  private static String sheetTask(String more, LocalDate day) {
    return "{\"task\":\"billing.sheet\",%s\"parameters\":{\"billing_date\":\"%s\"}}"
        .formatted(more, day);
  }

  @Override
  public Ended await(HttpConnection connection, String task, Duration pause) {
    while (true) {
      Answer answer =
          requests
              .send(() -> connection.get("/api/v1/tasks/" + task, authorization() + WAIT))
              .expect(200);
      Optional<Ended> ended = ended(answer);
      if (ended.isPresent()) {
        return ended.get();
      }
    }
  }

  @Override
  public Ended submitAndAwait(HttpConnection connection, LocalDate day, Duration pause) {
    Answer answer =
        requests.send(
            () -> connection.post("/api/v1/tasks", authorization() + WAIT, sheetTask("", day)));
    return ended(answer)
        .orElseGet(
            () -> await(connection, JSON.readTree(answer.text()).get("task_id").asString(), pause));
  }

  /** Empty if the task has not ended. */
  private static Optional<Ended> ended(Answer answer) {
    JsonNode task = JSON.readTree(answer.text());
    return switch (task.path("status").asString("")) {
      case "SUCCESS" -> {
        JsonNode result = task.get("result");
        yield Optional.of(
            new Ended(
                task.get("task_id").asString(),
                Instant.parse(task.get("date_done").asString()),
                result.path("sheet_id").asString(""),
                result.path("sha256").asString("")));
      }
      case "PENDING", "STARTED", "RETRY" -> Optional.empty();
      default -> throw new IllegalStateException("The task has no sheet: " + answer.text());
    };
  }

  @Override
  public byte[] sheet(HttpConnection connection, Ended ended) {
    return connection
        .get("/api/v1/sheets/" + ended.sheet() + "/content", authorization())
        .expect(200)
        .body();
  }

  @Override
  public void user(HttpConnection connection, long id) {
    requests.send(() -> connection.get("/api/v1/users/" + id, authorization())).expect(200);
  }

  @Override
  public long refused() {
    return requests.refused();
  }

  @Override
  public Map<String, ProcessHandle> processes() {
    return programs.processes();
  }

  /** The callers of other services stop first. */
  @Override
  public synchronized void close() {
    programs.stopAll();
  }

  private static Stream<String> workers(int workers) {
    return IntStream.rangeClosed(1, workers).mapToObj(number -> WORKER + "-" + number);
  }

  static boolean isWorker(String name) {
    return name.startsWith(WORKER);
  }

  private void launch(List<String> names) {
    names.forEach(this::launch);
    for (String name : names) {
      Program program = programs.find(name);
      if (program != null) {
        program.awaitReady(() -> Readiness.of(port(name)));
      }
    }
  }

  private void launch(String name) {
    String module = isWorker(name) ? WORKER : name;
    Path log = directory.resolve(name + ".log");
    Path jar = home.resolve(module).resolve("target").resolve(module + ".jar");
    ServiceProgram program = new ServiceProgram(name, jar, port(name), settings.of(name), log);
    programs.add(
        new Program(name, program.launch(List.of(), AotCache.of(home, jar).options()), log));
  }

  private int port(String name) {
    return ports.computeIfAbsent(name, _ -> Ports.free());
  }

  private String url(String name) {
    return Ports.url(port(name));
  }
}

package io.tallyman.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.testkit.Requirement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * A headless Chromium. It is controlled by the Chrome DevTools Protocol, over the WebSocket of the
 * JDK: the tests need real keys, real clicks, the console and the file dialog, which the protocol
 * has. A WebDriver would need the same protocol for half of this, and a library and a driver more.
 */
public final class Chromium implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String PROGRAM = "chromium";

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI address;

  private Chromium(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Skips the test if there is no Chromium and it is not required. */
  public static void require() throws IOException, InterruptedException {
    boolean there;
    try {
      Process version =
          new ProcessBuilder(PROGRAM, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      there = version.waitFor() == 0;
    } catch (IOException missing) {
      there = false;
    }
    if (!there) {
      System.out.println("There is no Chromium: the tests of the dashboard do not run.");
    }
    new Requirement("Chromium", "TALLYMAN_REQUIRE_CHROMIUM").check(there);
  }

  public static Chromium start() throws IOException {
    Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "chromium");
    Process process =
        new ProcessBuilder(
                PROGRAM,
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--no-first-run",
                // Work that no test needs: updates, extensions, and requests of the browser itself.
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-default-apps",
                "--disable-extensions",
                "--disable-sync",
                "--disable-features=MediaRouter,OptimizationHints,Translate",
                "--lang=en-GB",
                "--accept-lang=en-GB",
                "--window-size=1280,900",
                "--remote-debugging-port=0",
                "--user-data-dir=" + directory,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    Path port = directory.resolve("DevToolsActivePort");
    await("start of Chromium")
        .atMost(PATIENCE)
        .until(
            () -> {
              assertThat(process.isAlive()).as("Chromium runs").isTrue();
              return Files.exists(port) && Files.readAllLines(port).size() > 1;
            });
    return new Chromium(
        process, URI.create("http://127.0.0.1:" + Files.readAllLines(port).getFirst()));
  }

  /** Opens a new tab. */
  public Tab open() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/json/new?about:blank"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    String target = http.send(request, BodyHandlers.ofString()).body();
    return Tab.connect(
        http,
        URI.create(JsonMapper.shared().readTree(target).get("webSocketDebuggerUrl").asString()));
  }

  /** Opens the dashboard in a new tab that nobody has used: no login, and no settings of others. */
  public Tab openDashboard(URI gateway) throws IOException, InterruptedException {
    Tab tab = open();
    tab.prefers("light");
    tab.clearCookies();
    tab.open(gateway.resolve("/"));
    // Another test may have chosen a language.
    tab.evaluate("localStorage.clear()");
    tab.open(gateway.resolve("/?anew"));
    return tab;
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    process
        .onExit()
        .orTimeout(10, TimeUnit.SECONDS)
        .exceptionally(_ -> process.destroyForcibly())
        .join();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}

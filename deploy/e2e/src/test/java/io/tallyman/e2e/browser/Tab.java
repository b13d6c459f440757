package io.tallyman.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tab of a browser. */
public final class Tab implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int MOST_TABS = 120;

  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final BlockingQueue<JsonNode> fileDialogs = new LinkedBlockingQueue<>();
  private final DevTools devTools;

  private Tab(HttpClient http, URI address) {
    this.devTools = new DevTools(http, address, this::heard);
  }

  static Tab connect(HttpClient http, URI address) {
    Tab tab = new Tab(http, address);
    Stream.of("Page", "Runtime", "Log", "DOM")
        .forEach(domain -> tab.devTools.call(domain + ".enable", Map.of()));
    tab.devTools.call("Page.setInterceptFileChooserDialog", Map.of("enabled", true));
    return tab;
  }

  /** Errors and warnings of the console, violations of the policy, and uncaught exceptions. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /**
   * Forgets complaints about requests that got no answer, such as those while a server restarts.
   */
  public void forgetComplaintsOfTheNetwork() {
    complaints.removeIf(
        complaint ->
            complaint.contains("\"network\"") || complaint.contains("WebSocket connection"));
  }

  public void open(URI page) {
    devTools.call("Page.navigate", Map.of("url", page.toString()));
    await("load of " + page)
        .atMost(PATIENCE)
        .until(() -> text("document.readyState").equals("complete"));
  }

  /** Opens another page of the dashboard, by its fragment. */
  public void go(String fragment) {
    evaluate("location.hash = " + quoted(fragment));
  }

  /** The value of an expression in JavaScript; a promise is awaited. */
  public JsonNode evaluate(String expression) {
    JsonNode answer =
        devTools.call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    assertThat(answer.has("exceptionDetails")).as("%s: %s", expression, answer).isFalse();
    return answer.get("result").path("value");
  }

  public String text(String expression) {
    return evaluate(expression).asString("");
  }

  /** Waits until an expression is true. */
  public void awaitTrue(String expression) {
    await(expression)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> evaluate("Boolean(" + expression + ")").asBoolean());
  }

  /** Waits until the page shows a text. */
  public void awaitText(String text) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(text("document.body.innerText")).contains(text));
  }

  /** Clicks with the mouse on the middle of the only or first element of a selector. */
  public void click(String selector) {
    clickOn("document.querySelector(" + quoted(selector) + ")");
  }

  /** Clicks with the mouse on a button, a link or a label that has exactly this text. */
  public void clickText(String text) {
    clickOn(byText(text));
  }

  /** Drags a file from the desktop over the middle of an element, and drops it there. */
  public void drop(Path file, String selector) {
    JsonNode at = middleOf("document.querySelector(" + quoted(selector) + ")");
    Map<String, Object> data =
        Map.of("items", List.of(), "files", List.of(file.toString()), "dragOperationsMask", 1);
    for (String type : List.of("dragEnter", "dragOver", "drop")) {
      devTools.call(
          "Input.dispatchDragEvent",
          Map.of(
              "type",
              type,
              "x",
              at.get("x").asDouble(),
              "y",
              at.get("y").asDouble(),
              "data",
              data));
    }
  }

  /** Scrolls to an element, and returns where its middle is. */
  private JsonNode middleOf(String element) {
    awaitTrue(element);
    return evaluate(
        "(e => { e.scrollIntoView({block: 'center', behavior: 'instant'});"
            + " const r = e.getBoundingClientRect();"
            + " return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })("
            + element
            + ")");
  }

  private void clickOn(String element) {
    JsonNode at = middleOf(element);
    for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
      devTools.call(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              type,
              "x",
              at.get("x").asDouble(),
              "y",
              at.get("y").asDouble(),
              "button",
              type.equals("mouseMoved") ? "none" : "left",
              "clickCount",
              1));
    }
  }

  /** Presses Tab until an element has the focus that has exactly this text or this label. */
  public void tabTo(String text) {
    awaitTrue(byText(text));
    String hasFocus = "(e => document.activeElement === (e.control ?? e))(" + byText(text) + ")";
    for (int i = 0; i < MOST_TABS; i++) {
      if (evaluate(hasFocus).asBoolean()) {
        return;
      }
      press(Key.TAB);
    }
    throw new AssertionError("The keyboard does not reach: " + text);
  }

  public void press(Key key) {
    Map<String, Object> event =
        Map.of("key", key.key(), "code", key.code(), "windowsVirtualKeyCode", key.number());
    devTools.call(
        "Input.dispatchKeyEvent",
        with(event, key.text().isEmpty() ? "rawKeyDown" : "keyDown", key.text()));
    devTools.call("Input.dispatchKeyEvent", with(event, "keyUp", ""));
  }

  public void type(String text) {
    devTools.call("Input.insertText", Map.of("text", text));
  }

  /** Answers the file dialog that a click or a key has opened. */
  public void chooseFile(Path file) throws InterruptedException {
    JsonNode dialog = fileDialogs.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(dialog).as("a file dialog").isNotNull();
    devTools.call(
        "DOM.setFileInputFiles",
        Map.of(
            "files",
            List.of(file.toString()),
            "backendNodeId",
            dialog.get("backendNodeId").asInt()));
  }

  public void downloadTo(Path directory) {
    devTools.call(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", directory.toString()));
  }

  public void prefers(String colours) {
    devTools.call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", colours),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  public void offline(boolean offline) {
    devTools.call("Network.enable", Map.of());
    devTools.call(
        "Network.emulateNetworkConditions",
        Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  public void clearCookies() {
    devTools.call("Network.clearBrowserCookies", Map.of());
  }

  /** The value of a cookie that this page has; empty if there is none. Scripts may not see it. */
  public String cookie(String name) {
    return devTools
        .call("Network.getCookies", Map.of())
        .get("cookies")
        .valueStream()
        .filter(cookie -> cookie.get("name").asString().equals(name))
        .map(cookie -> cookie.get("value").asString())
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    devTools.close();
  }

  /** Runs on the thread of the connection. */
  private void heard(String method, JsonNode event) {
    switch (method) {
      case "Page.fileChooserOpened" -> fileDialogs.add(event);
      case "Runtime.exceptionThrown" -> complaints.add(event.get("exceptionDetails").toString());
      case "Log.entryAdded" -> complain(event.at("/entry/level").asString(""), event);
      case "Runtime.consoleAPICalled" -> complain(event.path("type").asString(""), event);
      default -> {}
    }
  }

  private void complain(String level, JsonNode event) {
    if (level.equals("error") || level.equals("warning")) {
      complaints.add(event.toString());
    }
  }

  private static String byText(String text) {
    return "[...document.querySelectorAll('button, a, label, summary')].find(e =>"
        + " (e.querySelector('b') ?? e).textContent.trim() === "
        + quoted(text)
        + " && e.checkVisibility())";
  }

  private static Map<String, Object> with(Map<String, Object> event, String type, String text) {
    return Stream.concat(
            event.entrySet().stream(),
            Map.of("type", (Object) type, "text", text).entrySet().stream())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static String quoted(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }
}

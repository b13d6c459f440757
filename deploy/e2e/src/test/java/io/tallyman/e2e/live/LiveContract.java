package io.tallyman.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.e2e.Contract;
import io.tallyman.e2e.Gateway;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The messages of asyncapi.yaml. Remembers what it has checked. Thread-safe. */
final class LiveContract {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern CLOSE_CODE = Pattern.compile("(?m)^\\| (\\d{4}) \\|");

  /**
   * The first is a bug of the gateway, which no test can cause. The second needs a login that ends
   * soon; see {@link LoginEndIT}. The third is reserved for logins.
   */
  private static final Set<String> UNREACHABLE = Set.of("code 1011", "code 4401", "code 4403");

  private final Contract contract;
  private final Set<String> problems;
  private final Set<String> seen = new ConcurrentSkipListSet<>();

  LiveContract(Gateway gateway) {
    this.contract = Contract.ofLiveEvents(gateway);
    this.problems =
        Pattern.compile("<tr id=\"([a-z-]+)\"")
            .matcher(gateway.exchange(gateway.request("/docs/problems").GET()).body())
            .results()
            .map((MatchResult row) -> row.group(1))
            .collect(Collectors.toSet());
  }

  /** Checks a WebSocket frame of either side. Its type is the name of its message. */
  JsonNode checkFrame(String text) {
    JsonNode frame = JSON.readTree(text);
    check(frame.path("type").asString(), frame);
    return frame;
  }

  /** Checks the payload of a message. */
  void check(String message, JsonNode payload) {
    JsonNode schema = contract.at("/components/messages/" + message + "/payload");
    assertThat(schema.isMissingNode()).as("%s is no message: %s", message, payload).isFalse();
    assertThat(contract.faults(schema, payload)).as("%s", payload).isEmpty();
    seen.add("message " + message);
    JsonNode event = payload.path("event").isObject() ? payload.get("event") : payload;
    if (event.path("type").asString("").startsWith("task.")) {
      seen.add("event " + event.get("type").asString());
    }
    if (payload.has("problem")) {
      checkProblem(payload.get("problem"));
    }
  }

  void checkProblem(JsonNode problem) {
    assertThat(contract.faults(contract.at("/components/schemas/Problem"), problem))
        .as("%s", problem)
        .isEmpty();
    seen.add("problem " + slug(problem));
  }

  static String slug(JsonNode problem) {
    return problem.get("type").asString().replace("urn:tallyman:problem:", "");
  }

  void checkClose(int code) {
    assertThat(codes()).contains("code " + code);
    seen.add("code " + code);
  }

  /** The messages, events, close codes and problems of the document that were not checked. */
  Set<String> unseen() {
    Set<String> unseen = new TreeSet<>();
    contract
        .at("/components/messages")
        .propertyNames()
        .forEach(name -> unseen.add("message " + name));
    contract
        .at("/components/schemas/Event/properties/type/enum")
        .forEach(type -> unseen.add("event " + type.asString()));
    unseen.add("event task.progress");
    codes().forEach(unseen::add);
    problems.stream()
        .filter(slug -> descriptions().contains("`" + slug + "`"))
        .forEach(slug -> unseen.add("problem " + slug));
    unseen.removeAll(UNREACHABLE);
    unseen.removeAll(seen);
    return unseen;
  }

  /** The messages with their examples. */
  Stream<JsonNode> messages() {
    return contract.at("/components/messages").valueStream();
  }

  void checkExample(JsonNode message, JsonNode example) {
    assertThat(contract.faults(message.get("payload"), example.get("payload")))
        .as("%s", example)
        .isEmpty();
  }

  private Set<String> codes() {
    return CLOSE_CODE
        .matcher(contract.at("/channels/tasks/description").asString())
        .results()
        .map(row -> "code " + row.group(1))
        .collect(Collectors.toSet());
  }

  private String descriptions() {
    return Stream.of("/channels", "/components/messages")
        .map(part -> String.join("\n", contract.at(part).findValuesAsString("description")))
        .collect(Collectors.joining("\n"));
  }
}

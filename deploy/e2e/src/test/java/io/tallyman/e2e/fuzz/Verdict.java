package io.tallyman.e2e.fuzz;

import io.tallyman.e2e.Contract;
import io.tallyman.e2e.Contract.Operation;
import io.tallyman.e2e.fuzz.Wire.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks what must hold for every answer. */
final class Verdict {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PREFIX = "urn:tallyman:problem:";

  private final Contract contract;
  private final Set<String> listed;
  private final Map<String, Set<String>> documented = new ConcurrentHashMap<>();

  /**
   * @param listed the slugs of the listed problems
   */
  Verdict(Contract contract, Set<String> listed) {
    this.contract = contract;
    this.listed = listed;
  }

  List<String> faults(FuzzedRequest request, Reply reply) {
    List<String> faults = new ArrayList<>();
    // The framework answers a malformed or too large HEAD request without a body.
    boolean isBare =
        request.method().equals("HEAD") && (reply.status() == 400 || reply.status() == 413);
    if (!isBare && !reply.header("X-Request-Id").matches("[A-Za-z0-9._-]{1,64}")) {
      faults.add("has no X-Request-Id");
    }
    if (reply.status() >= 500 && reply.status() != 503) {
      faults.add("is a fault of ours");
    }
    if (reply.status() == 503 && reply.header("Retry-After").isEmpty()) {
      faults.add("does not say when to try again");
    }
    Operation operation = request.operation();
    if (operation != null
        && reply.status() < 400
        && !operation.successes().contains(reply.status())
        && !operation.node().get("responses").has(Integer.toString(reply.status()))) {
      faults.add("is not documented for " + operation);
    }
    if (reply.status() >= 400 && !request.method().equals("HEAD")) {
      problem(request, reply, faults);
    }
    return faults;
  }

  private void problem(FuzzedRequest request, Reply reply, List<String> faults) {
    if (!reply.header("Content-Type").equals("application/problem+json")) {
      faults.add("is no problem");
      return;
    }
    try {
      JsonNode problem = JSON.readTree(reply.body());
      String type = problem.path("type").asString("");
      if (!type.startsWith(PREFIX) || !listed.contains(type.substring(PREFIX.length()))) {
        faults.add("has a type that is not listed: " + type);
      }
      if (problem.path("status").asInt(0) != reply.status()) {
        faults.add("has another status in its body");
      }
      if (!problem.path("request_id").asString("").equals(reply.header("X-Request-Id"))) {
        faults.add("has another request id in its body");
      }
      if (problem.path("detail").asString("").isBlank()) {
        faults.add("says nothing");
      }
      Operation operation = request.operation();
      if (operation != null && !isDocumented(operation, reply.status(), type)) {
        faults.add("has a type that is not documented for " + operation + ": " + type);
      }
    } catch (JacksonException noJson) {
      faults.add("cannot be read: " + noJson.getMessage());
    }
  }

  /** The default answer of the document may be any problem. */
  private boolean isDocumented(Operation operation, int status, String type) {
    Set<String> types =
        documented.computeIfAbsent(
            operation + " " + status, _ -> contract.problems(operation, status));
    return types.isEmpty() || types.contains(type);
  }
}

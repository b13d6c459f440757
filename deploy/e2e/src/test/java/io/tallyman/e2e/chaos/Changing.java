package io.tallyman.e2e.chaos;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Requests that change something, or nothing, and can be repeated without a key. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
enum Changing {
  CANCEL(
      "billing-service POST /tasks/{id}/cancel",
      202,
      world -> "/api/v1/tasks/" + world.laterTask(),
      "/cancel",
      task -> task.get("status").asString().equals("REVOKED")),
  CANCEL_GROUP(
      "billing-service POST /task-groups/{id}/cancel",
      202,
      LostWorld::laterGroup,
      "/cancel",
      group -> group.get("status").asString().equals("FAILURE")),
  VENDOR(
      "billing-service PATCH /vendors/{id}",
      200,
      LostWorld::vendor,
      "",
      vendor -> vendor.get("currency").asString().equals("EUR")),
  PROFILE(
      "billing-service PUT /import-profiles/{name}",
      200,
      world -> world.putProfile("changed"),
      "",
      profile -> profile.at("/options/currency").asString("").equals("EUR")),
  NO_PROFILE(
      "billing-service DELETE /import-profiles/{name}",
      204,
      world -> world.putProfile("deleted"),
      "",
      profiles -> profiles.get("data").valueStream().noneMatch(Changing::isDeleted)),
  USER(
      "user-service PATCH /users/{id}",
      200,
      LostWorld::user,
      "",
      user -> user.get("name").asString().equals("Grace Okafor")),
  SEALED_PROFILE(
      "user-service POST /users/{id}/sealed-profile",
      200,
      LostWorld::user,
      "/sealed-profile",
      user -> user.has("id"));

  final String route;
  final int status;
  private final Function<LostWorld, String> of;
  private final String action;
  private final Predicate<JsonNode> effect;

  Changing(
      String route,
      int status,
      Function<LostWorld, String> of,
      String action,
      Predicate<JsonNode> effect) {
    this.route = route;
    this.status = status;
    this.of = of;
    this.action = action;
    this.effect = effect;
  }

  Asked ask(LostWorld world) {
    String path = of.apply(world);
    return new Asked(
        () ->
            world
                .request(path + action, "application/json", "")
                .method(method(), BodyPublishers.ofString(body())),
        this == NO_PROFILE ? "/api/v1/import-profiles" : path);
  }

  private String method() {
    return switch (this) {
      case PROFILE -> "PUT";
      case NO_PROFILE -> "DELETE";
      case VENDOR, USER -> "PATCH";
      case CANCEL, CANCEL_GROUP, SEALED_PROFILE -> "POST";
    };
  }

  private static boolean isDeleted(JsonNode profile) {
    return profile.get("name").asString().equals("deleted");
  }

  boolean isSeenIn(JsonNode now) {
    return effect.test(now);
  }

  private String body() {
    return switch (this) {
      case VENDOR -> "{\"currency\": \"EUR\"}";
      case USER -> "{\"name\": \"Grace Okafor\"}";
      case PROFILE -> "{\"options\": {\"currency\": \"EUR\"}}";
      case CANCEL, CANCEL_GROUP, SEALED_PROFILE, NO_PROFILE -> "";
    };
  }
}

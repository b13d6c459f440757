package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.e2e.Gateway.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The routes of users, through the gateway. */
@OnSharedStack
final class UsersIT {
  private static final Gateway GATEWAY = RunningStack.SHARED.gateway();

  @Test
  void userIsCreatedAndFoundByTheLocation() {
    Map<String, ?> user = NewUsers.next();

    Answer created = GATEWAY.post("/api/v1/users", user);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo("/api/v1/users/" + created.body().get("id"));
    assertThat(created.body().get("username").asString()).isEqualTo(user.get("username"));
    assertThat(created.body().toString()).doesNotContain("password");
    assertThat(GATEWAY.get(created.header("Location")).body()).isEqualTo(created.body());
  }

  @Test
  void listIsWalkedByItsCursor() {
    List<Long> added = List.of(add(), add(), add());

    List<Long> walked = new ArrayList<>();
    String path = "/api/v1/users?limit=2";
    while (!path.isEmpty()) {
      Answer page = GATEWAY.get(path);
      assertThat(page.status()).as("%s", page.body()).isEqualTo(200);
      assertThat(page.body().get("data").size()).isBetween(1, 2);
      walked.addAll(ids(page.body().get("data")));
      assertThat(page.header("Link").isEmpty()).isEqualTo(page.body().get("next_cursor").isNull());
      path = page.header("Link").replaceFirst("^<(.*)>; rel=\"next\"$", "$1");
    }

    assertThat(walked).doesNotHaveDuplicates().containsSubsequence(added);
  }

  @Test
  void chosenUsersComeInTheOrderAskedAndWhoIsNotThereIsNamed() {
    long first = add();
    long second = add();

    Answer chosen =
        GATEWAY.get("/api/v1/users?ids=" + second + ",4242424242," + first + ",4242424241");

    assertThat(chosen.status()).as("%s", chosen.body()).isEqualTo(200);
    assertThat(ids(chosen.body().get("data"))).containsExactly(second, first);
    assertThat(chosen.body().get("missing").toString()).isEqualTo("[4242424242,4242424241]");
  }

  @Test
  void changeTouchesWhatItNamesOnly() {
    long id = add();
    JsonNode before = GATEWAY.get("/api/v1/users/" + id).body();

    Answer changed = GATEWAY.patch("/api/v1/users/" + id, Map.of("name", "Ada Lovelace"));

    assertThat(changed.status()).as("%s", changed.body()).isEqualTo(200);
    assertThat(changed.body().get("name").asString()).isEqualTo("Ada Lovelace");
    assertThat(changed.body().get("email")).isEqualTo(before.get("email"));
    assertThat(GATEWAY.get("/api/v1/users/" + id).body()).isEqualTo(changed.body());
  }

  @Test
  void whatAnotherUserHasIsRefused() {
    Map<String, ?> user = NewUsers.next();
    GATEWAY.post("/api/v1/users", user);
    long other = add();

    for (String name : List.of("email", "username")) {
      Object taken = Objects.requireNonNull(user.get(name));
      Answer added = GATEWAY.post("/api/v1/users", NewUsers.next(name, taken));
      Answer changed = GATEWAY.patch("/api/v1/users/" + other, Map.of(name, taken));

      for (Answer refused : List.of(added, changed)) {
        assertThat(refused.status()).as("%s", refused.body()).isEqualTo(409);
        assertThat(refused.body().get("type").asString())
            .isEqualTo("urn:tallyman:problem:" + name + "-taken");
        assertThat(refused.body().at("/errors/0/pointer").asString()).isEqualTo("/" + name);
      }
    }
  }

  @Test
  void overviewHasTheVendorsOfTheUserAndWhatIsOwedToThem() {
    long id = add();
    long vendor = vendorOf(id, "Overview Ltd");
    long another = vendorOf(id, "Overview & Co");
    bill(vendor, "1200.50", "GBP");
    bill(another, "-0.50", "GBP");
    bill(another, "7.00", "EUR");

    Answer overview = GATEWAY.get("/api/v1/users/" + id + "/overview");

    assertThat(overview.status()).isEqualTo(200);
    assertThat(overview.body().at("/user/id").asLong()).isEqualTo(id);
    assertThat(ids(overview.body().get("vendors"))).containsExactly(vendor, another);
    assertThat(overview.body().get("payables").toString())
        .isEqualTo(
            "[{\"currency\":\"EUR\",\"payable\":\"7.00\"},"
                + "{\"currency\":\"GBP\",\"payable\":\"1200.00\"}]");
    assertThat(overview.body().get("unavailable").isEmpty()).isTrue();
  }

  @Test
  void overviewOfNobodyIsNotFound() {
    Answer refused = GATEWAY.get("/api/v1/users/4242424242/overview");

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.body().get("type").asString())
        .isEqualTo("urn:tallyman:problem:unknown-user");
  }

  @Test
  void sealedProfileOpensWithTheKeyOfTheInstallation() throws Exception {
    Map<String, ?> user = NewUsers.next();
    long id = GATEWAY.post("/api/v1/users", user).body().get("id").asLong();

    Answer sealed = GATEWAY.post("/api/v1/users/" + id + "/sealed-profile");

    assertThat(sealed.status()).as("%s", sealed.body()).isEqualTo(200);
    FernetToken token = new FernetToken(sealed.body().get("token").asString());
    JsonNode profile = JsonMapper.shared().readTree(token.open(RunningStack.PROFILES_KEY));
    assertThat(profile.get("id").asLong()).isEqualTo(id);
    assertThat(profile.get("username").asString()).isEqualTo(user.get("username"));
    assertThat(profile.has("password")).isFalse();
  }

  private static long add() {
    return GATEWAY.post("/api/v1/users", NewUsers.next()).body().get("id").asLong();
  }

  private static long vendorOf(long manager, String name) {
    Map<String, ?> vendor = Map.of("account_name", name, "manager_id", manager);
    return GATEWAY.post("/api/v1/vendors", vendor).body().get("id").asLong();
  }

  private static void bill(long vendor, String payable, String currency) {
    Map<String, ?> billing =
        Map.of(
            "vendor_id", vendor,
            "date_billed", "1997-03-31",
            "payable", payable,
            "currency", currency);
    assertThat(GATEWAY.post("/api/v1/billings", billing).status()).isEqualTo(201);
  }

  private static List<Long> ids(JsonNode rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(row -> row.get("id").asLong())
        .toList();
  }
}

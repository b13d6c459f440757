package io.tallyman.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.patch.Change;
import io.tallyman.user.RealDatabase;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The JSON of this service equals the samples in src/wire. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WireTest implements RealDatabase {
  private static final User ADA =
      new User(
          3,
          "Ada Okafor",
          "ada@example.org",
          "ada.okafor",
          List.of(Role.CLERK, Role.VIEWER),
          Instant.parse("2026-01-02T03:04:05.678901Z"),
          null);

  @Inject JsonMapper json;

  @Test
  void userIsWrittenAsItsSample() throws IOException {
    assertThat(json.readValue(json.writeValueAsBytes(ADA), JsonNode.class))
        .isEqualTo(json.readValue(sample("user"), JsonNode.class));
  }

  @Test
  void pageOfUsersIsWrittenAsItsSample() throws IOException {
    assertThat(
            json.readValue(
                json.writeValueAsBytes(new Page<>(List.of(ADA), "b3BhcXVl")), JsonNode.class))
        .isEqualTo(json.readValue(sample("users"), JsonNode.class));
  }

  @Test
  void chosenUsersAreWrittenAsTheirSample() throws IOException {
    ChosenUsers chosen = new ChosenUsers(List.of(ADA), List.of(4711L));

    assertThat(json.readValue(json.writeValueAsBytes(chosen), JsonNode.class))
        .isEqualTo(json.readValue(sample("chosen-users"), JsonNode.class));
  }

  @Test
  void newUserIsReadFromItsSample() throws IOException {
    assertThat(json.readValue(sample("new-user"), NewUser.class))
        .isEqualTo(
            new NewUser(
                "Ada Okafor",
                "ada@example.org",
                "ada.okafor",
                "a long and quiet word",
                List.of(Role.CLERK, Role.VIEWER)));
  }

  @Test
  void changedUserIsReadFromItsSample() throws IOException {
    assertThat(json.readValue(sample("changed-user"), ChangedUser.class))
        .isEqualTo(
            new ChangedUser(
                Change.none(),
                Change.to("ada@example.com"),
                Change.none(),
                Change.to("another quiet word"),
                Change.to(List.of(Role.ADMIN))));
  }

  @Test
  void passwordIsNotShownWhereTheRequestIs() throws IOException {
    assertThat(json.readValue(sample("changed-user"), ChangedUser.class))
        .asString()
        .doesNotContain("another quiet word");
    assertThat(json.readValue(sample("new-user"), NewUser.class))
        .asString()
        .contains("ada.okafor")
        .doesNotContain("a long and quiet word");
  }

  private static byte[] sample(String name) throws IOException {
    return Files.readAllBytes(Path.of("src/wire", name + ".json"));
  }
}

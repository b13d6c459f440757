package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.e2e.browser.Axe;
import io.tallyman.e2e.browser.Chromium;
import io.tallyman.e2e.browser.Tab;
import io.tallyman.testing.TallymanStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit log in the dashboard. */
@OnSharedStack
final class AuditPageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final TallymanStack STACK = RunningStack.SHARED.get();
  private static final Gateway GATEWAY = RunningStack.SHARED.gateway();

  private static Chromium chromium;

  private String id = "";
  private Tab tab;

  @BeforeAll
  static void startChromium() throws Exception {
    Chromium.require();
    chromium = Chromium.start();
  }

  @AfterAll
  static void stopChromium() {
    if (chromium != null) {
      chromium.close();
    }
  }

  /** The reader is another user than the one whose events are read. */
  @BeforeEach
  void openAsAdmin() throws Exception {
    id = GATEWAY.post("/api/v1/users", NewUsers.next()).body().get("id").asString();
    GATEWAY.patch("/api/v1/users/" + id, Map.of("roles", List.of("clerk")));
    GATEWAY.patch("/api/v1/users/" + id, Map.of("password", "another quiet word"));
    tab = chromium.openDashboard(STACK.gateway());
    NewUsers.logInAsAdmin(tab, GATEWAY);
  }

  @AfterEach
  void nothingIsInTheConsole() {
    List<String> complaints = tab.complaints();
    tab.close();
    assertThat(complaints).isEmpty();
  }

  @Test
  void filtersAreInTheAddress() {
    tab.clickText("Audit log");
    tab.awaitTrue("document.querySelectorAll('tbody tr').length > 2");

    tab.go("/audit?which=" + id);
    tab.awaitTrue("document.querySelectorAll('tbody tr').length === 3");
    assertThat(tab.text("document.querySelector('tbody').innerText"))
        .contains("User added", "Roles changed", "Password changed", "to: clerk");

    tab.evaluate(
        """
        (() => {
          const choice = document.querySelectorAll('.filters select')[1];
          choice.value = 'roles.changed';
          choice.dispatchEvent(new Event('change', { bubbles: true }));
        })()
        """);
    tab.awaitTrue("document.querySelectorAll('tbody tr').length === 1");
    assertThat(tab.text("location.hash")).isEqualTo("#/audit?which=" + id + "&what=roles.changed");
    tab.clickText("Show all events");
    tab.awaitTrue("document.querySelectorAll('tbody tr').length > 1");
    assertThat(tab.text("location.hash")).isEqualTo("#/audit");
  }

  @Test
  void olderEventsAreAdded() {
    for (int time = 0; time < 60; time++) {
      GATEWAY.patch("/api/v1/users/" + id, Map.of("name", "Ada " + time, "roles", roles(time)));
    }

    tab.go("/audit?which=" + id);
    tab.awaitTrue("document.querySelectorAll('tbody tr').length === 100");
    tab.clickText("Show older events");

    tab.awaitTrue("document.querySelectorAll('tbody tr').length === 123");
    assertThat(tab.text("document.querySelector('main').innerText"))
        .contains("User added")
        .doesNotContain("Show older events");
  }

  @Test
  void eventsAreExportedWithTheFilters(@TempDir Path directory) throws Exception {
    tab.downloadTo(directory);
    tab.go("/audit?what=roles.changed&which=" + id);
    tab.awaitText("to: clerk");

    tab.clickText("Export as CSV");

    Path file = directory.resolve("audit-events.csv");
    await("download").atMost(PATIENCE).until(() -> Files.exists(file));
    assertThat(Files.readAllLines(file))
        .hasSize(2)
        .last()
        .asString()
        .contains(",roles.changed,user," + id + ",");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void pageIsAccessibleInLightAndDark(String language) throws Exception {
    tab.evaluate("localStorage.setItem('tallyman.language', '" + language + "')");
    tab.open(STACK.gateway().resolve("/?" + language));
    Axe axe = Axe.in(tab);

    tab.go("/audit?which=" + id);
    tab.awaitTrue("document.querySelectorAll('tbody tr').length === 3");
    axe.assertAccessible("audit, " + language);
  }

  private static List<String> roles(int time) {
    return List.of(time % 2 == 0 ? "viewer" : "clerk");
  }
}

package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tallyman.e2e.browser.Chromium;
import io.tallyman.e2e.browser.Key;
import io.tallyman.e2e.browser.Tab;
import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two people use the dashboards of two gateways. Each sees what the other does. */
final class TwoDashboardsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @AutoClose private static Chromium chromium;
  @AutoClose private static TallymanStack stack;

  @BeforeAll
  static void start() throws Exception {
    Chromium.require();
    stack = OwnStack.start(new Layout(1, 2, 1, 0), Map.of());
    chromium = Chromium.start();
  }

  @Test
  void eachSeesTheTasksOfTheOtherAlsoAfterAGatewayWasKilled() throws Exception {
    try (Tab one = logIn("gateway");
        // A browser sends the cookie of a session to every port of a machine.
        Tab two = chromium.open()) {
      two.open(stack.gateway("gateway-2").resolve("/"));
      showTasks(two);
      String first = submit(one, "1983-06-01");
      awaitTask(two, first);

      stack.kill("gateway-2");
      two.awaitText("Connection lost, reconnecting");
      String second = submit(one, "1983-06-02");

      two.awaitText("Live");
      awaitTask(two, second);
      two.forgetComplaintsOfTheNetwork();
      assertThat(one.complaints()).isEmpty();
      assertThat(two.complaints()).isEmpty();
    }
  }

  @Test
  void sessionWorksOnBothGatewaysUntilTheLogout() throws Exception {
    NewUsers.Login ada = NewUsers.login();
    new Gateway(stack).post("/api/v1/users", ada.user());
    Gateway second = new Gateway(() -> stack.gateway("gateway-2"), () -> stack.token("admin"));
    try (Tab tab = chromium.open()) {
      tab.clearCookies();
      tab.open(stack.gateway("gateway").resolve("/"));
      tab.awaitTrue("document.activeElement.name === 'username'");
      tab.type(ada.username());
      tab.press(Key.TAB);
      tab.type(ada.password());
      tab.press(Key.ENTER);
      tab.awaitText("Log out");
      String cookie = "tallyman-session=" + tab.cookie("tallyman-session");
      assertThat(me(second, cookie)).isEqualTo(200);

      tab.clickText("Log out");
      tab.awaitText("Log in now");

      await().atMost(PATIENCE).until(() -> me(second, cookie) == 401);
      // A WebSocket that the page was opening during the logout is refused.
      tab.forgetComplaintsOfTheNetwork();
      assertThat(tab.complaints()).isEmpty();
    }
  }

  private static int me(Gateway gateway, String cookie) {
    return gateway
        .answer(gateway.requestWithoutToken("/api/v1/me").header("Cookie", cookie).GET())
        .status();
  }

  private static Tab logIn(String part) throws Exception {
    Tab tab = chromium.open();
    tab.clearCookies();
    tab.open(stack.gateway(part).resolve("/"));
    NewUsers.logIn(tab, new Gateway(stack));
    showTasks(tab);
    return tab;
  }

  private static void showTasks(Tab tab) {
    tab.go("/tasks");
    tab.awaitText("Live");
  }

  /** Submits a sheet in the browser, and returns the id of its task. */
  private static String submit(Tab tab, String day) {
    tab.go("/new?task=billing.sheet&billing_date=" + day);
    tab.clickText("Submit");
    tab.awaitTrue("location.hash.startsWith('#/tasks/')");
    String task = tab.text("location.hash.split('/').at(-1)");
    new Gateway(stack).awaitSuccess(task, PATIENCE);
    return task;
  }

  private static void awaitTask(Tab tab, String task) {
    tab.awaitTrue(
        "document.querySelector('a[href$=\"%s\"]')?.closest('tr').innerText.includes('Done')"
            .formatted(task));
  }
}

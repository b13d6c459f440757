package io.tallyman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.e2e.browser.Axe;
import io.tallyman.e2e.browser.Chromium;
import io.tallyman.e2e.browser.Key;
import io.tallyman.e2e.browser.Tab;
import io.tallyman.testing.TallymanStack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins in the dashboard, in a real browser. */
@OnSharedStack
final class DashboardLoginIT {
  private static final String COOKIE = "tallyman-session";
  private static final String WORD = "a long and quiet word";

  private static Chromium chromium;

  private final TallymanStack stack = RunningStack.SHARED.get();
  private final Gateway gateway = RunningStack.SHARED.gateway();
  private final NewUsers.Login ada = NewUsers.login();
  private final String username = ada.credentials().get("username");
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

  @BeforeEach
  void open() throws Exception {
    id = gateway.post("/api/v1/users", ada.user()).body().get("id").asString();
    tab = chromium.open();
    tab.prefers("light");
    tab.clearCookies();
    tab.open(stack.gateway().resolve("/"));
    // Another test may have chosen a language.
    tab.evaluate("localStorage.clear()");
    tab.open(stack.gateway().resolve("/?anew"));
    tab.awaitTrue("document.activeElement.tagName === 'H1'");
  }

  @AfterEach
  void nothingIsInTheConsole() {
    List<String> complaints = tab.complaints();
    tab.close();
    assertThat(complaints).isEmpty();
  }

  @Test
  void userLogsInAndOutWithTheMouseAndTheSessionEndsEverywhere() {
    tab.clickText("Log in");
    tab.click("input[name=username]");
    tab.type(username);
    tab.click("input[name=password]");
    tab.type(WORD);
    tab.clickText("Log in now");
    tab.awaitText(username);

    String session = COOKIE + '=' + tab.cookie(COOKIE);
    assertThat(tab.text("document.cookie")).isEmpty();
    assertThat(meOf(session)).isEqualTo(200);
    tab.open(stack.gateway().resolve("/?again"));
    tab.awaitText(username);
    tab.clickText("Log out");
    tab.awaitText("Log in");

    assertThat(tab.cookie(COOKIE)).isEmpty();
    assertThat(meOf(session)).isEqualTo(401);
  }

  @Test
  void userLogsInAndOutWithTheKeyboard() {
    tab.tabTo("Log in");
    tab.press(Key.ENTER);
    tab.awaitTrue("document.activeElement.name === 'username'");
    tab.type(username);
    tab.press(Key.TAB);
    tab.type(WORD);
    tab.press(Key.ENTER);
    tab.awaitText(username);
    tab.awaitTrue("document.activeElement.id === 'main'");

    tab.tabTo("Log out");
    tab.press(Key.ENTER);

    tab.awaitTrue("!document.body.innerText.includes('%s')".formatted(username));
  }

  @Test
  void wrongPasswordIsToldAndForgotten() {
    logIn("another quiet word");

    tab.awaitText("The username or the password is wrong");
    assertThat(tab.text("document.querySelector('[name=password]').value")).isEmpty();
    assertThat(tab.text("document.querySelector('[name=username]').value")).isEqualTo(username);
    assertThat(tab.text("document.activeElement.name")).isEqualTo("password");
    tab.type(WORD);
    tab.press(Key.ENTER);
    tab.awaitText("Log out");
    tab.forgetComplaintsOfTheNetwork();
  }

  @Test
  void loginCanBeLeftAndThePageIsAsBefore() {
    tab.go("/new?task=billing.sheet&billing_date=1983-07-01");
    tab.awaitText("Submit");
    tab.clickText("Log in");
    tab.awaitText("Log in now");
    assertThat(tab.text("document.title")).isEqualTo("Log in – Tallyman");

    tab.clickText("Cancel");

    tab.awaitTrue("document.querySelector('input[type=date]').value === '1983-07-01'");
    assertThat(tab.text("document.title")).isEqualTo("New task – Tallyman");
  }

  @Test
  void changeWithTheCookieAndWithoutTheCsrfTokenIsRefused() {
    logIn(WORD);
    tab.awaitText("Log out");

    String refused =
        tab.text(
            """
            fetch("/api/v1/tasks", {method: "POST", headers: {"Content-Type": "application/json"}, body: '{"task": "billing.sheet"}'})
              .then((answer) => answer.json()).then(({type}) => type)\
            """);

    assertThat(refused).isEqualTo("urn:tallyman:problem:csrf-token-missing");
    tab.forgetComplaintsOfTheNetwork();
  }

  @Test
  void tabGoesOnAfterALoginInAnotherTab() throws Exception {
    tab.go("/new?task=billing.sheet&billing_date=1983-07-02");
    tab.awaitText("Submit");
    try (Tab other = chromium.open()) {
      other.open(stack.gateway().resolve("/"));
      other.awaitTrue("document.activeElement.tagName === 'H1'");
      other.clickText("Log in");
      other.awaitTrue("document.activeElement.name === 'username'");
      other.type(username);
      other.press(Key.TAB);
      other.type(WORD);
      other.press(Key.ENTER);
      other.awaitText("Log out");
      assertThat(other.complaints()).isEmpty();
    }

    tab.clickText("Submit");

    tab.awaitTrue("location.hash.startsWith('#/tasks/')");
    tab.awaitText(username);
    tab.forgetComplaintsOfTheNetwork();
  }

  @Test
  void viewerSeesNoWorkOfOthers() {
    gateway.patch("/api/v1/users/" + id, Map.of("roles", List.of("viewer")));
    String task = gateway.submit("billing.sheet", Map.of("billing_date", "1983-07-03"));

    logIn(WORD);
    tab.awaitText("Log out");

    assertThat(tab.text("document.querySelector('nav').innerText"))
        .contains("Tasks", "Sheets")
        .doesNotContain("New task", "Import");
    tab.go("/tasks/" + task);
    tab.awaitText("The sheet is ready");
    assertThat(tab.text("document.querySelector('main').innerText"))
        .doesNotContain("Run again with changes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void everyPageIsAccessibleInLightAndDark(String language) throws Exception {
    tab.evaluate("localStorage.setItem('tallyman.language', '" + language + "')");
    tab.open(stack.gateway().resolve("/?" + language));
    Axe axe = Axe.in(tab);

    tab.awaitTrue("document.querySelector('aside .settings > .plain')");
    tab.click("aside .settings > .plain");
    tab.awaitTrue("document.querySelector('input[type=password]')");
    axe.assertAccessible("login, " + language);
  }

  private void logIn(String password) {
    tab.clickText("Log in");
    enter(password);
  }

  private void enter(String password) {
    tab.awaitTrue("document.activeElement.name === 'username'");
    tab.type(username);
    tab.press(Key.TAB);
    tab.type(password);
    tab.press(Key.ENTER);
  }

  private int meOf(String cookie) {
    return gateway.answer(gateway.request("/api/v1/me").header("Cookie", cookie).GET()).status();
  }
}

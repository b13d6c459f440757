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

/** Logins in the dashboard, in a real browser, and the pages that need one. */
@OnSharedStack
final class DashboardLoginIT {
  private static final String COOKIE = "tallyman-session";
  private static final String WORD = "a long and quiet word";
  private static final String NEXT = "another quiet word";

  private static Chromium chromium;

  private final TallymanStack stack = RunningStack.SHARED.get();
  private final Gateway gateway = RunningStack.SHARED.gateway();
  private final NewUsers.Login ada = NewUsers.login();
  private final String username = ada.username();
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
    tab = chromium.openDashboard(stack.gateway());
    tab.awaitTrue("document.activeElement.name === 'username'");
  }

  @AfterEach
  void nothingIsInTheConsole() {
    List<String> complaints = tab.complaints();
    tab.close();
    assertThat(complaints).isEmpty();
  }

  @Test
  void userLogsInAndOutWithTheMouseAndTheSessionEndsEverywhere() {
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
    tab.awaitText("Log in now");

    assertThat(tab.cookie(COOKIE)).isEmpty();
    assertThat(meOf(session)).isEqualTo(401);
  }

  @Test
  void userLogsInAndOutWithTheKeyboard() {
    logIn(WORD);
    tab.awaitText(username);
    tab.awaitTrue("document.activeElement.tagName === 'H1'");

    tab.tabTo("Log out");
    tab.press(Key.ENTER);

    tab.awaitTrue("!document.body.innerText.includes('%s')".formatted(username));
  }

  /** What the page reads regularly would be refused as soon as the session has ended. */
  @Test
  void pageIsGoneBeforeTheSessionEnds() {
    logIn(WORD);
    tab.awaitText(username);
    tab.awaitTrue("document.querySelector('.page') !== null");

    assertThat(tab.text("window.fetch = () => new Promise(() => {}); 'No answer comes.'"))
        .isNotEmpty();
    tab.clickText("Log out");

    tab.awaitTrue("document.querySelector('.page') === null");
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
  void userChangesTheOwnPasswordAndStaysLoggedIn() {
    gateway.patch("/api/v1/users/" + id, Map.of("roles", List.of("viewer")));
    Gateway.Answer other = gateway.post("/api/v1/auth/login", ada.credentials());
    logIn(WORD);
    tab.awaitText("Log out");
    tab.awaitTrue("document.activeElement.tagName === 'H1'");
    tab.tabTo("Change password");
    tab.press(Key.ENTER);
    awaitPasswords();

    enterPasswords(WORD, NEXT, NEXT + "s");
    tab.awaitText("This is not the same as the new password");
    tab.awaitTrue("document.activeElement.name === 'again'");
    enterPasswords("a wrong word", NEXT, NEXT);
    tab.awaitText("The current password is wrong");
    tab.awaitTrue("document.activeElement.name === 'current'");
    enterPasswords(WORD, NEXT, NEXT);
    tab.awaitText("Your password is changed");

    assertThat(refresh(other).status()).isEqualTo(401);
    tab.clickText("API keys");
    tab.awaitText("New API key");
    tab.clickText("Log out");
    logIn(WORD);
    tab.awaitText("The username or the password is wrong");
    tab.type(NEXT);
    tab.press(Key.ENTER);
    tab.awaitText("New API key");
    tab.forgetComplaintsOfTheNetwork();
  }

  @Test
  void loginLeadsToThePageOfTheAddress() {
    tab.go("/new?task=billing.sheet&billing_date=1983-07-01");
    assertThat(tab.text("document.title")).isEqualTo("Log in – Tallyman");
    assertThat(tab.text("document.querySelector('aside').innerText")).doesNotContain("Tasks");

    logIn(WORD);

    tab.awaitTrue("document.querySelector('input[type=date]')?.value === '1983-07-01'");
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
  void sessionThatEndsLeadsToTheLoginPageAndNothingTypedIsLost() {
    logIn(WORD);
    tab.clickText("API keys");
    tab.awaitText("New API key");
    tab.click("input[name=name]");
    tab.type("nightly export");
    tab.clickText("Clerk");
    gateway.patch("/api/v1/users/" + id, Map.of("password", WORD + "s"));
    tab.clearCookies();

    tab.clickText("Make the key");
    tab.awaitText("Log in to go on.");
    assertThat(tab.text("location.hash")).isEqualTo("#/keys");
    logIn(WORD + "s");

    tab.awaitText("Copy the key now.");
    tab.awaitText("nightly export");
    tab.forgetComplaintsOfTheNetwork();
  }

  /** Its CSRF token is that of the session before. */
  @Test
  void tabGoesOnAfterALoginInAnotherTab() throws Exception {
    logIn(WORD);
    tab.awaitText("Log out");
    tab.go("/new?task=billing.sheet&billing_date=1983-07-02");
    tab.awaitText("Submit");
    try (Tab other = chromium.open()) {
      other.open(stack.gateway().resolve("/"));
      other.awaitText("Live");
      other.clickText("Log out");
      enter(other, WORD);
      other.awaitText("Log out");
      assertThat(other.complaints()).isEmpty();
    }

    tab.clickText("Submit");

    tab.awaitTrue("location.hash.startsWith('#/tasks/')");
    tab.forgetComplaintsOfTheNetwork();
  }

  @Test
  void viewerSeesNoWorkOfOthers() {
    gateway.patch("/api/v1/users/" + id, Map.of("roles", List.of("viewer")));
    String task = gateway.submit("billing.sheet", Map.of("billing_date", "1983-07-03"));

    logIn(WORD);
    tab.awaitText("Log out");

    assertThat(tab.text("document.querySelector('nav').innerText"))
        .contains("Tasks", "Sheets", "API keys")
        .doesNotContain("New task", "Import", "Users");
    tab.go("/tasks/" + task);
    tab.awaitText("The sheet is ready");
    assertThat(tab.text("document.querySelector('main').innerText"))
        .doesNotContain("Run again with changes");
    tab.go("/tasks");
    tab.awaitTrue("document.querySelector('main a[href$=\"%s\"]')".formatted(task));
    assertThat(tab.text("document.querySelector('main').innerText")).doesNotContain("New task");
    assertThat(tab.text("document.querySelectorAll('main input[type=checkbox]').length"))
        .isEqualTo("0");
    for (String page : List.of("/new", "/import", "/users", "/users/" + id)) {
      tab.go(page);
      tab.awaitText("Ask an admin for the role");
    }
  }

  @Test
  void clerkManagesNoUsers() {
    logIn(WORD);
    tab.awaitText("Log out");

    assertThat(tab.text("document.querySelector('nav').innerText"))
        .contains("New task", "Import")
        .doesNotContain("Users");
    tab.go("/users");
    tab.awaitText("Ask an admin for the role");
  }

  @Test
  void apiKeyIsShownOnceAndDeleted() {
    logIn(WORD);
    tab.clickText("API keys");
    tab.awaitText("You have no API keys");
    tab.click("input[name=name]");
    tab.type("export");
    tab.clickText("Viewer");
    tab.clickText("Make the key");
    tab.awaitText("Copy the key now.");
    String key = tab.text("document.querySelector('pre').innerText");

    assertThat(key).startsWith("tally_");
    assertThat(
            gateway
                .answer(
                    gateway.request("/api/v1/me").setHeader("Authorization", "Bearer " + key).GET())
                .status())
        .isEqualTo(200);
    tab.go("/tasks");
    tab.awaitText("Live");
    tab.go("/keys");
    tab.awaitText("export");
    assertThat(tab.text("document.body.innerText")).doesNotContain(key);
    tab.clickText("Delete");
    tab.awaitText("Programs with this key stop working");
    tab.click(".confirm .danger");
    tab.awaitText("You have no API keys");
  }

  @Test
  void adminAddsAUserAndChangesRolesAndPassword() {
    gateway.patch("/api/v1/users/" + id, Map.of("roles", List.of("admin")));
    NewUsers.Login ben = NewUsers.login();
    String name = ben.username();
    logIn(WORD);
    tab.clickText("Users");
    tab.awaitText("New user");
    tab.click("input[name=name]");
    tab.type("Ben Wood");
    tab.click("input[name=email]");
    tab.type(name + "@example.org");
    tab.click("input[name=username]");
    tab.type(name);
    tab.click("input[name=password]");
    tab.type(WORD);
    tab.clickText("Add the user");
    String row =
        "[...document.querySelectorAll('tbody tr')].find(e => e.innerText.includes('%s'))"
            .formatted(name);
    String more =
        "[...document.querySelectorAll('button')].find(e => e.innerText === 'Show more users')";
    tab.awaitTrue(row + " || (" + more + "?.click(), false)");

    tab.evaluate(row + ".querySelector('a').click()");
    tab.awaitText("Change the roles");
    tab.clickText("Clerk");
    tab.clickText("Change the roles");
    tab.awaitTrue("document.querySelector('#announcements').innerText.includes('roles')");
    tab.awaitTrue("document.querySelector('input[value=clerk]').checked");
    tab.click("input[name=password]");
    tab.type("another quiet word");
    tab.clickText("Set the password");
    tab.awaitTrue("document.querySelector('#announcements').innerText.includes('password')");

    Gateway.Answer login =
        gateway.post(
            "/api/v1/auth/login", Map.of("username", name, "password", "another quiet word"));
    assertThat(login.status()).as("%s", login.body()).isEqualTo(200);
    String token = login.body().get("access_token").asString();
    assertThat(
            gateway
                .answer(
                    gateway
                        .request("/api/v1/me")
                        .setHeader("Authorization", "Bearer " + token)
                        .GET())
                .body()
                .get("roles")
                .toString())
        .isEqualTo("[\"viewer\",\"clerk\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void everyPageIsAccessibleInLightAndDark(String language) throws Exception {
    gateway.patch("/api/v1/users/" + id, Map.of("roles", List.of("admin", "clerk")));
    logIn(WORD);
    tab.awaitText("Log out");
    tab.evaluate("localStorage.setItem('tallyman.language', '" + language + "')");
    tab.open(stack.gateway().resolve("/?" + language));
    Axe axe = Axe.in(tab);

    for (String page : List.of("/keys", "/users", "/users/" + id)) {
      tab.go(page);
      tab.awaitTrue("document.querySelector('form input[name=roles]')");
      axe.assertAccessible(page + ", " + language);
    }
    tab.go("/password");
    awaitPasswords();
    enterPasswords("a wrong word", NEXT, NEXT);
    tab.awaitTrue("document.querySelector('input[name=current][aria-invalid]')");
    axe.assertAccessible("/password, " + language);
    tab.forgetComplaintsOfTheNetwork();
    tab.click(".who button");
    tab.awaitTrue("document.querySelector('input[type=password]')");
    axe.assertAccessible("login, " + language);
  }

  private void logIn(String password) {
    enter(tab, password);
  }

  private void enter(Tab in, String password) {
    in.awaitTrue("document.activeElement.name === 'username'");
    in.type(username);
    in.press(Key.TAB);
    in.type(password);
    in.press(Key.ENTER);
  }

  /** The page to change the password is open, and its title has the focus. */
  private void awaitPasswords() {
    tab.awaitTrue("document.querySelector('[name=current]')");
    tab.awaitTrue("document.activeElement.tagName === 'H1'");
  }

  private void enterPasswords(String current, String next, String again) {
    tab.evaluate("document.querySelectorAll('[type=password]').forEach(e => { e.value = ''; })");
    tab.evaluate("document.querySelector('[name=current]').focus()");
    tab.type(current);
    tab.press(Key.TAB);
    tab.type(next);
    tab.press(Key.TAB);
    tab.type(again);
    tab.press(Key.ENTER);
  }

  private Gateway.Answer refresh(Gateway.Answer login) {
    return gateway.post(
        "/api/v1/auth/refresh",
        Map.of("refresh_token", login.body().get("refresh_token").asString()));
  }

  private int meOf(String cookie) {
    return gateway
        .answer(gateway.requestWithoutToken("/api/v1/me").header("Cookie", cookie).GET())
        .status();
  }
}

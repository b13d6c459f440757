package io.tallyman.e2e.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.e2e.Gateway;
import io.tallyman.e2e.OwnStack;
import io.tallyman.e2e.browser.Axe;
import io.tallyman.e2e.browser.Chromium;
import io.tallyman.e2e.browser.Tab;
import io.tallyman.testing.Layout;
import io.tallyman.testing.TallymanStack;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logins at a real Keycloak, in a real browser, on a stack with two gateways. */
@Order(0)
final class OpenIdIT {
  private static final String COOKIE = "tallyman-session";
  private static final String BUTTON = "Log in with Keycloak";
  private static final String SECOND = "gateway-2";

  private static Keycloak keycloak;
  private static TallymanStack stack;
  private static Chromium chromium;

  private Tab tab;

  @BeforeAll
  static void start() throws Exception {
    Chromium.require();
    keycloak = Keycloak.start();
    stack =
        OwnStack.start(
            new Layout(1, 2, 0, 0),
            Map.of(
                "TALLYMAN_OIDC_ISSUER",
                keycloak.issuer(),
                "TALLYMAN_OIDC_CLIENT_ID",
                Keycloak.CLIENT,
                "TALLYMAN_OIDC_CLIENT_SECRET",
                Keycloak.SECRET,
                "TALLYMAN_OIDC_NAME",
                "Keycloak",
                "TALLYMAN_OIDC_ROLES",
                "bosses=admin,bookkeepers=clerk"));
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (stack != null) {
      stack.close();
    }
    if (keycloak != null) {
      keycloak.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    tab = chromium.openDashboard(address("gateway"));
    tab.awaitText(BUTTON);
  }

  @AfterEach
  void theDashboardHasNoComplaint() {
    List<String> complaints =
        tab.complaints().stream().filter(text -> !text.contains(keycloak.address())).toList();
    tab.close();
    assertThat(complaints).isEmpty();
  }

  @Test
  void userLogsInAtTheProviderAndHasTheSessionOnEveryGatewayUntilTheLogout() {
    tab.go("/tasks?status=FAILURE");
    logIn("ada");
    tab.awaitText("Log out");

    assertThat(tab.text("location.href")).isEqualTo(address("gateway") + "#/tasks?status=FAILURE");
    assertThat(tab.text("document.cookie")).isEmpty();
    String session = COOKIE + '=' + tab.cookie(COOKIE);
    JsonNode ada = json(me(stack.gateway(), session));
    assertThat(ada.get("username").asString()).isEqualTo("ada");
    assertThat(ada.get("name").asString()).isEqualTo("Ada Hill");
    assertThat(ada.get("provider").asString()).isEqualTo(keycloak.issuer());
    assertThat(ada.get("roles").toString()).isEqualTo("[\"clerk\"]");
    tab.open(address(SECOND));
    tab.awaitText("Log out");
    tab.awaitText("ada");

    tab.clickText("Log out");
    tab.awaitText(BUTTON);

    assertThat(tab.cookie(COOKIE)).isEmpty();
    assertThat(me(stack.gateway(SECOND), session).statusCode()).isEqualTo(401);
    JsonNode events =
        new Gateway(stack).get("/api/v1/audit-events?who=" + ada.get("id").asString()).body();
    assertThat(events.get("data").valueStream().map(event -> event.get("what").asString()))
        .startsWith("logout", "login.succeeded");
    assertThat(events.at("/data/1/details/way").asString()).isEqualTo("provider");
    // The page of the list of tasks had a live stream, which has ended with the session.
    tab.forgetComplaintsOfTheNetwork();
  }

  @Test
  void adminOfTheProviderSeesWhereUsersComeFrom() {
    logIn("bea");
    tab.awaitText("Log out");
    String id = json(me(stack.gateway(), COOKIE + '=' + tab.cookie(COOKIE))).get("id").asString();

    tab.go("/users");
    tab.awaitText("At " + keycloak.issuer());
    tab.awaitText("With a password");
    tab.go("/users/" + id);
    tab.awaitText("come from " + keycloak.issuer());

    assertThat(tab.text("document.querySelectorAll('input[type=password]').length")).isEqualTo("0");
    Gateway.Answer refused =
        new Gateway(stack)
            .post("/api/v1/auth/login", Map.of("username", "bea", "password", Keycloak.PASSWORD));
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.body().get("type").asString()).endsWith(":bad-credentials");
  }

  /** The page of a web mail is another site. */
  @Test
  void linkOfAnotherSiteLeadsToTheLoginAndThenToItsPage() {
    String link = address("gateway") + "#/tasks?task=billing.sheet";
    URI mail =
        URI.create("data:text/html,%3Ca%20href='" + link.replace("#", "%23") + "'%3Email%3C/a%3E");
    tab.open(mail);
    tab.clickText("mail");
    tab.awaitText(BUTTON);
    logIn("ada");
    tab.awaitText("Log out");
    assertThat(tab.text("location.href")).isEqualTo(link);

    tab.open(mail);
    tab.clickText("mail");

    tab.awaitText("Log out");
    assertThat(tab.text("location.href")).isEqualTo(link);
  }

  @ParameterizedTest
  @CsvSource({
    "en, The provider gives the user no role, The claim of the provider that decides on the roles:"
        + " roles",
    "zh, 提供方没有给该用户任何角色, 决定角色的提供方声明：roles"
  })
  void userWithoutARoleIsToldWhatIsMissing(String language, String title, String claim)
      throws Exception {
    tab.evaluate("localStorage.setItem('tallyman.language', '" + language + "')");
    tab.open(address("gateway").resolve("/?" + language + "#/tasks"));
    logIn("eve");

    tab.awaitText(title);
    tab.awaitText(claim);
    Axe.in(tab).assertAccessible("failed login, " + language);
    assertThat(tab.cookie(COOKIE)).isEmpty();
    assertThat(tab.cookie("tallyman-login")).isEmpty();
    assertThat(tab.text("location.hash"))
        .isEqualTo("#/login?problem=no-role-at-provider&page=%2Ftasks");
    assertThat(new Gateway(stack).get("/api/v1/users").body().toString()).doesNotContain("eve@");
  }

  @Test
  void callbackThatIsRepeatedBeginsNoSession() {
    logIn("ada");
    tab.awaitText("Log out");
    assertThat(tab.cookie("tallyman-login")).isEmpty();
    tab.clearCookies();

    tab.open(address("gateway").resolve("/login/callback?code=x&state=y"));

    tab.awaitText("This login is too old");
    assertThat(tab.cookie(COOKIE)).isEmpty();
  }

  /** It is in a cookie that every gateway can read, not in the memory of one. */
  @Test
  void loginThatBeganOnOneGatewayEndsOnAnother() {
    Gateway first = new Gateway(stack);
    HttpResponse<String> begun =
        first.exchange(
            first
                .requestWithoutToken("/api/v1/auth/provider")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"page\": \"/sheets\"}")));
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
    String state = begun.body().replaceFirst(".*[?&]state=([^&\"]+).*", "$1");

    HttpResponse<String> ended =
        first.exchange(
            HttpRequest.newBuilder(
                    stack.gateway(SECOND).resolve("/login/callback?code=unknown&state=" + state))
                .header(
                    "Cookie",
                    begun.headers().firstValue("Set-Cookie").orElseThrow().split(";", -1)[0]));

    // Keycloak has refused the code, so the second gateway has read the cookie and asked it.
    assertThat(ended.headers().firstValue("Location"))
        .hasValue("/#/login?problem=login-expired&page=%2Fsheets");
  }

  private void logIn(String username) {
    tab.awaitTrue(
        "[...document.querySelectorAll('button')].find(e => e.innerText.includes('Keycloak'))");
    tab.evaluate(
        "[...document.querySelectorAll('button')].find(e =>"
            + " e.innerText.includes('Keycloak')).click()");
    tab.awaitTrue(
        "location.origin === '" + keycloak.address() + "' && document.querySelector('#kc-login')");
    tab.click("#username");
    tab.type(username);
    tab.click("#password");
    tab.type(Keycloak.PASSWORD);
    tab.click("#kc-login");
    tab.awaitTrue("location.hostname === 'localhost'");
  }

  /** Under another host name than Keycloak, so that Keycloak is another site for the browser. */
  private static URI address(String part) {
    return URI.create("http://localhost:" + stack.gateway(part).getPort() + "/");
  }

  private static HttpResponse<String> me(URI gateway, String session) {
    return new Gateway(stack)
        .exchange(HttpRequest.newBuilder(gateway.resolve("/api/v1/me")).header("Cookie", session));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }
}

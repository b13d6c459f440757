package io.tallyman.gateway.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.access.Sessions;
import io.tallyman.gateway.oidc.ProviderClient.ProviderLogin;
import io.tallyman.gateway.rate.RequestRates;
import io.tallyman.gateway.upstream.UpstreamProblem;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the provider sends the browser after a login. Whatever happens, the answer leads to a page
 * of the dashboard, which tells a failure in the language of its reader.
 */
@Controller
@AllowedFor(Access.PUBLIC)
@ExecuteOn(TaskExecutors.BLOCKING)
class CallbackController {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackController.class);
  private static final String INVALID_FIELDS = "invalid-fields";

  private final OpenIdConfiguration configuration;
  private final OpenIdProvider provider;
  private final LoginCookie cookie;
  private final ProviderClient users;
  private final RequestRates rates;

  CallbackController(
      OpenIdConfiguration configuration,
      OpenIdProvider provider,
      LoginCookie cookie,
      ProviderClient users,
      RequestRates rates) {
    this.configuration = configuration;
    this.provider = provider;
    this.cookie = cookie;
    this.users = users;
    this.rates = rates;
  }

  /** The answer has no body, and so no type. */
  @Get(PendingLogin.CALLBACK)
  @Produces(MediaType.ALL)
  HttpResponse<?> end(HttpRequest<?> request) {
    rates.countAddress(request);
    if (!configuration.isPresent()) {
      return HttpResponse.notFound();
    }
    Optional<PendingLogin> pending = cookie.read(request);
    MutableHttpResponse<?> answer;
    try {
      PendingLogin login = pending.orElseThrow(LoginRefusal::expired);
      String session = session(login, request.getParameters());
      answer = to(login.page()).cookie(Sessions.cookie(session, login.isSecure()));
    } catch (Refusal refusal) {
      answer = to(failure(refusal.type().slug(), pending));
    } catch (UpstreamProblem refusal) {
      answer = to(failure(slug(refusal), pending));
    }
    LoginCookie.removed(request).ifPresent(answer::cookie);
    return answer;
  }

  /**
   * The session of a user whom the provider has confirmed.
   *
   * @throws LoginRefusal if it has not
   */
  private String session(PendingLogin login, HttpParameters answer) {
    if (!login.state().getValue().equals(answer.getFirst("state").orElse(""))) {
      throw LoginRefusal.expired();
    }
    // RFC 9207: the answer of another provider.
    if (answer
        .getFirst("iss")
        .filter(issuer -> !issuer.equals(configuration.issuer()))
        .isPresent()) {
      LOG.warn("The answer to a login comes from another OpenID provider.");
      throw LoginRefusal.failed();
    }
    answer.getFirst("error").ifPresent(CallbackController::refuse);
    AuthorizationCode code =
        answer
            .getFirst("code")
            .filter(text -> !text.isBlank())
            .map(AuthorizationCode::new)
            .orElseThrow(LoginRefusal::failed);
    return users.begin(user(provider.redeem(login, code))).session();
  }

  private static void refuse(String error) {
    throw switch (error) {
      case "access_denied" -> LoginRefusal.denied();
      case "temporarily_unavailable", "server_error" -> LoginRefusal.unavailable();
      default -> {
        LOG.warn("The OpenID provider refused a login: {}", error.replaceAll("[^\\w.-]", "?"));
        yield LoginRefusal.failed();
      }
    };
  }

  private ProviderLogin user(IDTokenClaimsSet token) {
    Map<String, Object> claims = token.toJSONObject();
    String subject = token.getSubject().getValue();
    String username = text(claims, "preferred_username").orElse(subject);
    return new ProviderLogin(
        Objects.requireNonNull(configuration.issuer()),
        subject,
        username,
        text(claims, "name").orElse(username),
        text(claims, "email").orElseThrow(LoginRefusal::claimsMissing),
        RoleMapping.read(configuration.roles()).of(claims, configuration.roleClaim()));
  }

  private static Optional<String> text(Map<String, ?> claims, String name) {
    @Nullable Object value = claims.get(name);
    return value instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
  }

  private static String slug(UpstreamProblem refusal) {
    String slug = refusal.type().toString().substring(ProblemType.PREFIX.length());
    return slug.equals(INVALID_FIELDS) ? LoginRefusal.claimsMissing().type().slug() : slug;
  }

  private static String failure(String slug, Optional<PendingLogin> pending) {
    return "/login?problem="
        + slug
        + pending.map(login -> "&page=" + URLEncoder.encode(login.page(), UTF_8)).orElse("");
  }

  /** The fragment is part of the address, so the browser stays on this server. */
  private static MutableHttpResponse<?> to(String page) {
    return HttpResponse.status(HttpStatus.SEE_OTHER)
        .header(HttpHeaders.LOCATION, "/#" + page)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("Referrer-Policy", "no-referrer");
  }
}

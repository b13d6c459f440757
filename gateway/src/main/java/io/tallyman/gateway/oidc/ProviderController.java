package io.tallyman.gateway.oidc;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.access.BearerTokens;
import io.tallyman.gateway.access.Sessions;
import io.tallyman.gateway.request.OwnOrigin;
import io.tallyman.gateway.request.PageOrigin;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Begins logins at the OpenID provider. */
@Controller(BearerTokens.LOGIN + "/provider")
@AllowedFor(Access.PUBLIC)
@ExecuteOn(TaskExecutors.BLOCKING)
class ProviderController {
  private final OpenIdConfiguration configuration;
  private final OpenIdProvider provider;
  private final LoginCookie cookie;

  ProviderController(
      OpenIdConfiguration configuration, OpenIdProvider provider, LoginCookie cookie) {
    this.configuration = configuration;
    this.provider = provider;
    this.cookie = cookie;
  }

  /**
   * What the login page shows.
   *
   * @param name null if there is no provider
   * @param roleClaim the claim that decides on the roles; null if there is no provider
   */
  @Serdeable
  record ShownProvider(@Nullable String name, @Nullable String roleClaim) {}

  /**
   * @param page the place in the dashboard after the login, which is a fragment of its address, so
   *     it cannot lead to another server
   */
  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  record NewProviderLogin(
      @Nullable
          @Size(max = 1000)
          @Pattern(
              regexp = "/[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*",
              message = "is not a place in the dashboard, such as /tasks")
          String page) {}

  /**
   * @param location where the browser goes to log in
   */
  @Serdeable
  record BegunLogin(String location) {}

  @Get
  ShownProvider show() {
    return configuration.isPresent()
        ? new ShownProvider(configuration.shownName(), configuration.roleClaim())
        : new ShownProvider(null, null);
  }

  @Post
  HttpResponse<BegunLogin> begin(HttpRequest<?> request, @Body @Valid NewProviderLogin login) {
    if (!configuration.isPresent()) {
      throw LoginRefusal.noProvider();
    }
    // The page of an allowed other origin could have the browser come back to its own server.
    if (!OwnOrigin.isOwn(request)) {
      throw new HttpStatusException(
          HttpStatus.FORBIDDEN, "Only a page of the gateway begins a login at the provider.");
    }
    Sessions.requireSecure(request);
    PendingLogin pending =
        PendingLogin.begin(
            PageOrigin.of(request).text(), login.page() == null ? "/" : login.page());
    return HttpResponse.ok(new BegunLogin(provider.loginAddress(pending).toString()))
        .cookie(cookie.of(pending));
  }
}

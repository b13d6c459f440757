package io.tallyman.gateway.login;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.access.BearerTokens;
import io.tallyman.gateway.access.Sessions;
import io.tallyman.gateway.account.UserClient;

/** The logins of browsers. */
@Controller(BearerTokens.LOGIN + "/session")
@AllowedFor(Access.PUBLIC)
@ExecuteOn(TaskExecutors.BLOCKING)
class SessionController {
  private final LoginClient logins;
  private final Sessions sessions;
  private final UserClient users;

  SessionController(LoginClient logins, Sessions sessions, UserClient users) {
    this.logins = logins;
    this.sessions = sessions;
    this.users = users;
  }

  @Post
  HttpResponse<Session> begin(HttpRequest<?> request, @Body NewLogin login) {
    Sessions.requireSecure(request);
    NewSession begun = logins.beginSession(login);
    String csrfToken = Sessions.csrfToken(begun.session());
    return HttpResponse.created(new Session(begun.user(), csrfToken))
        .cookie(Sessions.cookie(begun.session(), request));
  }

  @Get
  Session show(HttpRequest<?> request) {
    return sessions
        .find(request)
        .map(open -> new Session(users.show(open.sender().id()), open.csrfToken()))
        .orElse(Session.NONE);
  }

  /** The answer has no body, and so no type. */
  @Delete
  @Produces(MediaType.ALL)
  HttpResponse<?> end(HttpRequest<?> request) {
    sessions.end(request, secret -> logins.endSession(new SentSession(secret)));
    MutableHttpResponse<?> ended = HttpResponse.noContent();
    Sessions.removedCookie(request).ifPresent(ended::cookie);
    return ended;
  }
}

package io.tallyman.user.provider;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.kit.database.RequestTransactions;
import io.tallyman.kit.security.ClientAddress;
import io.tallyman.user.account.User;
import io.tallyman.user.login.LoginAudit;
import io.tallyman.user.login.NewSession;
import io.tallyman.user.login.Sessions;
import jakarta.validation.Valid;
import java.util.Optional;

/** Begins the sessions of users whom the gateway knows from a provider. */
@Controller("/internal/provider-sessions")
@ExecuteOn(TaskExecutors.BLOCKING)
class ProviderSessionController {
  private final ProviderUsers users;
  private final Sessions sessions;
  private final LoginAudit audit;
  private final RequestTransactions transactions;

  ProviderSessionController(
      ProviderUsers users, Sessions sessions, LoginAudit audit, RequestTransactions transactions) {
    this.users = users;
    this.sessions = sessions;
    this.audit = audit;
    this.transactions = transactions;
  }

  /**
   * @throws NoRoleAtProvider if the user has no role now; a user who had one has lost it then
   */
  @Post
  NewSession begin(HttpRequest<?> request, @Body @Valid ProviderLogin login) {
    String address = ClientAddress.told(request);
    Optional<NewSession> begun = transactions.write(() -> begin(login, address));
    return begun.orElseThrow(NoRoleAtProvider::new);
  }

  private Optional<NewSession> begin(ProviderLogin login, String address) {
    Optional<User> user = users.update(login);
    if (login.roles().isEmpty()) {
      audit.failed(user);
      return Optional.empty();
    }
    return user.map(found -> sessions.begin(found, address));
  }
}

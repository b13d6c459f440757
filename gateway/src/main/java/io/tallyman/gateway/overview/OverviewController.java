package io.tallyman.gateway.overview;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.gateway.access.Access;
import io.tallyman.gateway.access.AllowedFor;
import io.tallyman.gateway.account.User;
import io.tallyman.gateway.account.UserClient;
import io.tallyman.gateway.request.Api;
import io.tallyman.gateway.vendor.Vendor;
import io.tallyman.gateway.vendor.VendorClient;
import io.tallyman.kit.page.Page;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Requests all parts at the same time, and waits for them until one common deadline. */
@Controller(Api.V1 + "/users")
@AllowedFor(Access.VIEWER)
@ExecuteOn(TaskExecutors.BLOCKING)
class OverviewController {
  private static final Duration PATIENCE = Duration.ofMillis(2500);
  private static final String MOST_VENDORS = "200";

  private final UserClient users;
  private final VendorClient vendors;
  private final ManagerClient managers;
  private final ExecutorService executor;

  OverviewController(
      UserClient users,
      VendorClient vendors,
      ManagerClient managers,
      @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.users = users;
    this.vendors = vendors;
    this.managers = managers;
    this.executor = executor;
  }

  @Get("/{id}/overview")
  Overview show(long id) {
    OverviewPart<User> user = ask("user", () -> users.show(id));
    OverviewPart<Page<Vendor>> managed =
        ask("vendors", () -> vendors.list(null, Long.toString(id), MOST_VENDORS, null));
    OverviewPart<ManagedPayables> payables = ask("payables", () -> managers.payables(id));
    try {
      return overview(id, user, managed, payables);
    } finally {
      Stream.of(user, managed, payables).forEach(OverviewPart::abandon);
    }
  }

  private <T> OverviewPart<T> ask(String name, Callable<T> question) {
    return new OverviewPart<>(name, executor.submit(PropagatedContext.wrapCurrent(question)));
  }

  private static Overview overview(
      long id,
      OverviewPart<User> user,
      OverviewPart<Page<Vendor>> vendors,
      OverviewPart<ManagedPayables> payables) {
    long deadline = OverviewPart.deadlineIn(PATIENCE);
    Optional<User> shown = user.unlessRefused(deadline);
    Optional<Page<Vendor>> listed = vendors.by(deadline);
    Optional<ManagedPayables> summed = payables.by(deadline);
    return new Overview(
        shown.orElse(null),
        listed.map(Page::data).orElse(null),
        listed.map(page -> next(id, page.nextCursor())).orElse(null),
        summed.map(ManagedPayables::payables).orElse(null),
        Stream.of(
                missing(user.name(), shown),
                missing(vendors.name(), listed),
                missing(payables.name(), summed))
            .flatMap(List::stream)
            .toList());
  }

  private static List<String> missing(String name, Optional<?> part) {
    return part.isPresent() ? List.of() : List.of(name);
  }

  private static @Nullable String next(long id, @Nullable String cursor) {
    return cursor == null
        ? null
        : "%s/vendors?manager_id=%d&limit=%s&cursor=%s"
            .formatted(Api.V1, id, MOST_VENDORS, URLEncoder.encode(cursor, UTF_8));
  }
}

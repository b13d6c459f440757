package io.tallyman.user.ticket;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.kit.credential.WithoutToken;
import io.tallyman.user.token.ExchangedToken;
import jakarta.validation.Valid;

@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class StreamTicketController {
  private final StreamTickets tickets;

  StreamTicketController(StreamTickets tickets) {
    this.tickets = tickets;
  }

  @Post("/users/{userId}/stream-tickets")
  @Status(HttpStatus.CREATED)
  MadeStreamTicket make(long userId, @Body @Valid NewStreamTicket ticket) {
    return tickets.make(userId, ticket);
  }

  /** The gateway exchanges a ticket when it is used, and again while its stream is open. */
  @WithoutToken
  @Post("/auth/ticket-tokens")
  ExchangedToken exchange(@Body @Valid SentStreamTicket sent) {
    return Boolean.TRUE.equals(sent.isOpen())
        ? tickets.renew(sent.ticket())
        : tickets.use(sent.ticket());
  }
}

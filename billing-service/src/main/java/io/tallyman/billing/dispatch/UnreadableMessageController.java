package io.tallyman.billing.dispatch;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.dispatch.UnreadableMessages.Unreadable;
import jakarta.validation.Valid;
import java.util.UUID;

@Controller("/internal/unreadable-messages")
@ExecuteOn(TaskExecutors.BLOCKING)
class UnreadableMessageController {
  private final UnreadableMessages messages;

  UnreadableMessageController(UnreadableMessages messages) {
    this.messages = messages;
  }

  /** Idempotent: a message that is sent again with the same id counts once. */
  @Put("/{id}")
  @Status(HttpStatus.NO_CONTENT)
  void keep(UUID id, @Body @Valid Unreadable message) {
    messages.keep(id, message);
  }
}

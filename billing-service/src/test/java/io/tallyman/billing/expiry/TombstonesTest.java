package io.tallyman.billing.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.billing.Answer;
import io.tallyman.billing.RunningService;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class TombstonesTest {
  @AutoClose private static final RunningService SERVICE = RunningService.start();
  private final Tombstones tombstones = SERVICE.bean(Tombstones.class);

  @Test
  void expiryIsToldFor400Days() {
    UUID young = buried(399);
    UUID old = buried(401);

    tombstones.forget();

    assertThat(get(young).status()).isEqualTo(410);
    assertThat(get(young).text("detail")).contains(young.toString());
    assertThat(get(old).status()).isEqualTo(404);
  }

  @Test
  void idIsBuriedAsOftenAsOneLikes() {
    UUID id = UUID.randomUUID();

    SERVICE.jdbi().useTransaction(transaction -> Tombstones.bury(transaction, List.of(id, id)));
    SERVICE.jdbi().useTransaction(transaction -> Tombstones.bury(transaction, List.of(id)));

    assertThat(SERVICE.count("tombstone WHERE id = ?", id)).isOne();
  }

  private static UUID buried(int days) {
    UUID id = UUID.randomUUID();
    SERVICE.execute("INSERT INTO tombstone VALUES (?, now() - make_interval(days => ?))", id, days);
    return id;
  }

  private static Answer get(UUID id) {
    return SERVICE.get("/tasks/" + id);
  }
}

package io.tallyman.billing.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DispatchRoomTest {
  private final DispatchRoom room = new DispatchRoom();

  @BeforeEach
  void measure() {
    room.setReady(true);
    room.measured(100, 90, true);
  }

  @Test
  void nothingIsReservedBeforeTheFirstMeasurement() {
    assertThat(new DispatchRoom().reserve(1)).isZero();
  }

  @Test
  void noMoreIsReservedThanIsFree() {
    assertThat(room.reserve(7)).isEqualTo(7);
    assertThat(room.reserve(7)).isEqualTo(3);
    assertThat(room.reserve(7)).isZero();
  }

  @Test
  void whatIsNotUsedIsGivenBack() {
    room.settle(room.reserve(10), 4);

    assertThat(room.reserve(10)).isEqualTo(6);
  }

  @Test
  void openReservationsAreNotGivenOutAgainByAMeasurement() {
    int granted = room.reserve(8);

    room.measured(100, 90, true);

    assertThat(room.reserve(10)).isEqualTo(2);
    room.settle(granted, 0);
    assertThat(room.reserve(10)).isEqualTo(8);
  }

  @Test
  void claimedTasksMakeRoom() {
    room.reserve(10);

    room.claimed(3);

    assertThat(room.reserve(10)).isEqualTo(3);
  }

  @Test
  void tasksThatWaitForTheDispatcherGoFirst() {
    room.measured(100, 90, false);
    assertThat(room.reserve(1)).isZero();

    room.measured(100, 90, true);
    assertThat(room.reserve(1)).isOne();

    room.close();
    assertThat(room.reserve(1)).isZero();
  }

  @Test
  void brokerThatAcceptsNothingLeavesNoRoom() {
    room.setReady(false);
    assertThat(room.reserve(1)).isZero();

    room.setReady(true);
    assertThat(room.reserve(1)).isOne();
  }

  @Test
  void dispatcherLooksAgainOnceAQuarterOfTheLimitWasClaimedWhileTasksWait() {
    assertThat(room.claimed(25)).isFalse();
    room.measured(100, 100, false);

    assertThat(room.claimed(24)).isFalse();
    assertThat(room.claimed(1)).isTrue();
    assertThat(room.claimed(30)).isFalse();
  }
}

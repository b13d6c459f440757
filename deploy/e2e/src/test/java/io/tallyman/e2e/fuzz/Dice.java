package io.tallyman.e2e.fuzz;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Random choices from a seed. Not thread-safe. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed, long number) {
    this.random = new SplittableRandom(seed * 1_000_003 + number);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** True in one of this many calls on average. */
  boolean once(int in) {
    return below(in) == 0;
  }

  <T> T of(List<T> some) {
    return some.get(below(some.size()));
  }

  @SafeVarargs
  final <T> T from(Supplier<T>... some) {
    return some[below(some.length)].get();
  }

  byte[] bytes(int most) {
    byte[] bytes = new byte[below(most + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Characters of all kinds, including unpaired surrogates. */
  String text(int most) {
    StringBuilder text = new StringBuilder();
    int length = below(most + 1);
    for (int index = 0; index < length; index++) {
      text.append((char) (once(4) ? random.nextInt(0x10000) : random.nextInt(0x20, 0x7f)));
    }
    return text.toString();
  }
}

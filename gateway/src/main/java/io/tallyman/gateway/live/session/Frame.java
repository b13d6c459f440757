package io.tallyman.gateway.live.session;

import java.util.List;

/** Bytes to send, in parts that other clients may share. */
public record Frame(List<byte[]> parts) {
  /** What a frame costs beyond its bytes. */
  private static final int OVERHEAD = 100;

  public static Frame of(byte[]... parts) {
    return new Frame(List.of(parts));
  }

  int size() {
    return OVERHEAD + parts.stream().mapToInt(part -> part.length).sum();
  }
}

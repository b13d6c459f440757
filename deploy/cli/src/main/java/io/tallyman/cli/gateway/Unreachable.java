package io.tallyman.cli.gateway;

import java.net.URI;

/** There was no answer, or not one of a gateway. */
public final class Unreachable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unreachable(URI gateway, String what, Throwable cause) {
    super("%s %s.".formatted(gateway, what), cause);
  }

  Unreachable(URI gateway, String what) {
    super("%s %s.".formatted(gateway, what));
  }
}

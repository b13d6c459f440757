package io.tallyman.gateway.request;

/** Where the public API is. */
public final class Api {
  /** The prefix of the paths of all its routes. */
  public static final String V1 = "/api/v1";

  private Api() {}
}

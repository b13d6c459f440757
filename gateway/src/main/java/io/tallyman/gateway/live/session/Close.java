package io.tallyman.gateway.live.session;

/** Why the gateway closes a session. The codes are those of the WebSocket. */
public enum Close {
  SILENT(1001, "no pong"),
  BINARY(1003, "only text is accepted"),
  NOT_UTF_8(1007, "the text is not UTF-8"),
  TOO_LONG(1009, "the message is too long"),
  FAILED(1011, "the gateway failed unexpectedly"),
  RESTART(1012, "the gateway restarts"),
  MALFORMED(4400, "a frame is a JSON object with a valid type and ref"),
  LOGIN_ENDED(4401, "the login has expired or was revoked"),
  TOO_SLOW(4408, "the client reads too slowly"),
  TOO_MANY(4429, "too many sessions or frames");

  private final int code;
  private final String reason;

  Close(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }
}

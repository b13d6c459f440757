package io.tallyman.kit.json;

import java.io.IOException;

/** JSON that can be read, but not in one way only, or not be written again. */
public final class UnsoundJson extends IOException {
  private static final long serialVersionUID = 1L;

  private final String pointer;

  /**
   * @param pointer a JSON pointer to the place
   * @param message what is wrong there; is shown to the sender
   */
  UnsoundJson(String pointer, String message) {
    super(message);
    this.pointer = pointer;
  }

  public String pointer() {
    return pointer;
  }
}

package io.tallyman.kit.json;

import java.io.IOException;

/** JSON that readers can understand in different ways, or that cannot be written again. */
public final class UnsoundJson extends IOException {
  private static final long serialVersionUID = 1L;

  private final String pointer;

  /**
   * @param pointer a JSON pointer to the value at fault
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

package io.tallyman.e2e.browser;

/** A key, as the browser names it. */
public enum Key {
  TAB("Tab", "Tab", 9, ""),
  ENTER("Enter", "Enter", 13, "\r"),
  SPACE(" ", "Space", 32, " "),
  DOWN("ArrowDown", "ArrowDown", 40, "");

  private final String key;
  private final String code;
  private final int number;
  private final String text;

  Key(String key, String code, int number, String text) {
    this.key = key;
    this.code = code;
    this.number = number;
    this.text = text;
  }

  String key() {
    return key;
  }

  String code() {
    return code;
  }

  int number() {
    return number;
  }

  /** What it types; empty if nothing. */
  String text() {
    return text;
  }
}

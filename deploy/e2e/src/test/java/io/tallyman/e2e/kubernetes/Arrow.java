package io.tallyman.e2e.kubernetes;

/** That one may open connections to another. */
record Arrow(String from, String to) {
  @Override
  public String toString() {
    return from + " -> " + to;
  }
}

package io.tallyman.e2e.kubernetes;

/** An allowed connection from one peer to another. */
record Arrow(String from, String to) {
  @Override
  public String toString() {
    return from + " -> " + to;
  }
}

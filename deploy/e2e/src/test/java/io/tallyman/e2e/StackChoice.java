package io.tallyman.e2e;

/** Chooses the kind of stack for this run, by the system property {@code tallyman.stack}. */
final class StackChoice {
  static final String NAME = System.getProperty("tallyman.stack", "embedded");
  static final boolean IN_CONTAINERS = NAME.equals("containers");

  private StackChoice() {}
}

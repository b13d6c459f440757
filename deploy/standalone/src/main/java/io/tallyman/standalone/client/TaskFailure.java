package io.tallyman.standalone.client;

/** The running stack failed to do a task or to answer a request. */
public final class TaskFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String culprit;
  private final String deed;

  /**
   * @param culprit the service whose log should say more
   * @param deed the rest of a sentence that begins with the culprit
   */
  TaskFailure(String culprit, String deed) {
    super(culprit + " " + deed);
    this.culprit = culprit;
    this.deed = deed;
  }

  TaskFailure(String culprit, String deed, Throwable cause) {
    super(culprit + " " + deed, cause);
    this.culprit = culprit;
    this.deed = deed;
  }

  public String culprit() {
    return culprit;
  }

  public String deed() {
    return deed;
  }
}

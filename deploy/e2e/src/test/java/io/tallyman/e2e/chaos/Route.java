package io.tallyman.e2e.chaos;

import java.util.regex.Pattern;

/**
 * One call that a service takes.
 *
 * @param template the path, with names in braces where its requests differ
 */
record Route(String service, String method, String template) {
  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

  boolean takes(String asked, String path) {
    return method.equals(asked)
        && Pattern.matches(VARIABLE.matcher(template).replaceAll("[^/]+"), path);
  }

  /** The fewer, the closer the template is to the paths that it takes. */
  long variables() {
    return VARIABLE.matcher(template).results().count();
  }

  @Override
  public String toString() {
    return service + " " + method + " " + template;
  }
}

package io.tallyman.e2e.chaos;

import java.util.regex.Pattern;

/**
 * A route of a service.
 *
 * @param template the path, with variables in braces
 */
record Route(String service, String method, String template) {
  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

  boolean takes(String asked, String path) {
    return method.equals(asked)
        && Pattern.matches(VARIABLE.matcher(template).replaceAll("[^/]+"), path);
  }

  /** The number of variables. A template with fewer variables is more specific. */
  long variables() {
    return VARIABLE.matcher(template).results().count();
  }

  @Override
  public String toString() {
    return service + " " + method + " " + template;
  }
}

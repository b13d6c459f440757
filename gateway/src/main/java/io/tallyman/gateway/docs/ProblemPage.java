package io.tallyman.gateway.docs;

import io.micronaut.core.io.ResourceLoader;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.tallyman.gateway.docs.ListedProblem.Seen;
import io.tallyman.kit.problem.ProblemType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The page of all types of problems, from {@code problems.json}. */
@Singleton
final class ProblemPage {
  private static final String LIST = "docs/problems.json";

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Tallyman: problems</title>
      <link rel="icon" href="data:,">
      <link rel="stylesheet" href="/docs/assets/docs.css">
      </head>
      <body>
      <nav><a href="/docs">API</a> <a href="/docs/live">Live events</a> <b>Problems</b></nav>
      <main>
      <h1>Problems</h1>
      <p>An error is <code>application/problem+json</code> (RFC 9457). A program \
      should decide by its <code>type</code>, which is <code>%s</code> and a name of \
      this list. It never changes.</p>
      <h2>Answers</h2>
      <p>Answers to requests.</p>
      %s
      <h2>Errors of tasks</h2>
      <p>In the <code>error</code> of a task, and in the <code>reason</code> of its events.</p>
      %s
      <h2>Inside</h2>
      <p>Answers that services send to each other. Clients never get them, but logs contain them.</p>
      %s
      </main>
      </body>
      </html>
      """;

  private static final String TABLE =
      """
      <table>
      <thead><tr><th>Type</th><th>Status</th><th>Title</th><th>When</th><th>What to do</th></tr></thead>
      <tbody>
      %s</tbody>
      </table>
      """;

  private static final String ROW =
      """
      <tr id="%s"><td><code>%s</code></td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>
      """;

  private final String html;

  ProblemPage(ResourceLoader resources, JsonMapper json) {
    List<ListedProblem> problems = read(resources, json);
    this.html =
        PAGE.formatted(
            ProblemType.PREFIX,
            table(problems, Seen.ANSWER),
            table(problems, Seen.TASK),
            table(problems, Seen.INSIDE));
  }

  String html() {
    return html;
  }

  static List<ListedProblem> read(ResourceLoader resources, JsonMapper json) {
    try (InputStream list = resources.getResourceAsStream(LIST).orElseThrow()) {
      return Objects.requireNonNull(json.readValue(list, Argument.listOf(ListedProblem.class)));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static String table(List<ListedProblem> problems, Seen seen) {
    return TABLE.formatted(
        problems.stream()
            .filter(problem -> problem.seen().contains(seen))
            .map(problem -> row(problem, seen))
            .collect(Collectors.joining()));
  }

  private static String row(ListedProblem problem, Seen seen) {
    String id = problem.seen().getFirst() == seen ? problem.slug() : problem.slug() + '-' + seen;
    String status = problem.status() == null || seen == Seen.TASK ? "" : "" + problem.status();
    return ROW.formatted(
        id,
        problem.slug(),
        status,
        escaped(problem.title()),
        marked(problem.cause()),
        marked(problem.cure()));
  }

  /** Converts text with code between backquotes to HTML. */
  private static String marked(String text) {
    return escaped(text).replaceAll("`([^`]*)`", "<code>$1</code>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

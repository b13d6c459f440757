package io.tallyman.e2e.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Checks the accessibility of what a tab shows, with axe-core. */
public final class Axe {
  private final Tab tab;

  private Axe(Tab tab) {
    this.tab = tab;
  }

  /** Loads axe-core into the document of a tab. It is there until another document is opened. */
  public static Axe in(Tab tab) throws IOException {
    try (InputStream script =
        Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
      tab.evaluate(new String(script.readAllBytes(), UTF_8));
    }
    return new Axe(tab);
  }

  /**
   * In light and in dark.
   *
   * @param shown names the page in a failure
   */
  public void assertAccessible(String shown) {
    tab.prefers("light");
    assertThat(violations("")).as("%s in light", shown).isEmpty();
    tab.prefers("dark");
    assertThat(violations("{runOnly: ['color-contrast']}")).as("%s in dark", shown).isEmpty();
  }

  private List<String> violations(String options) {
    return tab.evaluate(
            """
            axe.run(%s).then(({violations}) =>
              violations.flatMap(({id, nodes}) => nodes.map(({html}) => id + ": " + html)))\
            """
                .formatted(options))
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }
}

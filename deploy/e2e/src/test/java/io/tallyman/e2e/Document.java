package io.tallyman.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A Markdown document of the repository. */
public record Document(String text) {
  private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
  private static final Pattern PROGRAMS = Pattern.compile("(?ms)^```js\n(.*?)^```$");

  public static Document read(Path file) {
    try {
      return new Document(Files.readString(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The text from a heading of the second level to the next one. */
  String section(String heading) {
    int begin = text.indexOf("\n## " + heading + "\n");
    if (begin < 0) {
      throw new AssertionError("There is no section: " + heading);
    }
    int end = text.indexOf("\n## ", begin + 1);
    return end < 0 ? text.substring(begin) : text.substring(begin, end);
  }

  /** The commands of a section, block after block, as a reader pastes them. */
  String commands(String heading) {
    return String.join("", new Document(section(heading)).commands());
  }

  /** The commands of the document, block after block. */
  List<String> commands() {
    return COMMANDS.matcher(text).results().map(block -> block.group(1)).toList();
  }

  /** The programs in JavaScript. */
  public List<String> programs() {
    return PROGRAMS.matcher(text).results().map(block -> block.group(1)).toList();
  }
}

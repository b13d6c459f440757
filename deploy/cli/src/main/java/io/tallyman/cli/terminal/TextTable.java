package io.tallyman.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lines of cells, which are padded so that columns stand under each other. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> lines = new ArrayList<>();

  public TextTable(String... head) {
    lines.add(List.of(head));
  }

  /** Adds as many cells as the head has. */
  public void add(String... cells) {
    lines.add(List.of(cells));
  }

  public List<String> lines() {
    List<Integer> widths =
        IntStream.range(0, lines.getFirst().size())
            .mapToObj(column -> lines.stream().mapToInt(one -> one.get(column).length()).max())
            .map(width -> width.orElse(0))
            .toList();
    return lines.stream().map(line -> padded(line, widths)).toList();
  }

  private static String padded(List<String> line, List<Integer> widths) {
    return IntStream.range(0, line.size())
        .mapToObj(column -> line.get(column) + " ".repeat(missing(line, widths, column)))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  private static int missing(List<String> line, List<Integer> widths, int column) {
    return widths.get(column) - line.get(column).length();
  }
}

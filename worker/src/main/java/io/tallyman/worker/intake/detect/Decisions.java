package io.tallyman.worker.intake.detect;

import io.tallyman.worker.intake.csv.AmountFormat;
import io.tallyman.worker.intake.csv.DateFormat;
import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.intake.csv.Spaces;
import io.tallyman.worker.intake.row.Words;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what was seen in a file into options of an import, and its doubts into questions. */
final class Decisions {
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final List<String> OTHER_CHARSETS =
      List.of("windows-1252", "windows-1250", "windows-1251", "ibm850", "x-MacRoman");
  private static final List<String> FIELDS_WITH_AMOUNTS = List.of("payable", "debit", "credit");

  private final ImportParameters given;
  private final Head head;
  private final boolean isComplete;
  private final Structure structure;
  private final Mapping mapping;
  private final Observations observations;
  private final Map<String, String> options = new LinkedHashMap<>();
  private final List<Question> questions = new ArrayList<>();
  private @Nullable Map<String, String> signs;
  private @Nullable Set<String> negative;

  Decisions(
      ImportParameters given,
      Head head,
      Structure structure,
      Mapping mapping,
      Observations observations,
      boolean isComplete) {
    this.isComplete = isComplete;
    this.given = given;
    this.head = head;
    this.structure = structure;
    this.mapping = mapping;
    this.observations = observations;
    structure();
    columns();
    dates();
    negatives();
    separators();
    signs();
    currency();
    if (given.date() != null) {
      options.put("date", given.date());
    }
  }

  Map<String, String> options() {
    return options;
  }

  List<Question> questions() {
    return questions;
  }

  ImportParameters parameters() {
    String headerLine = options.get("header_line");
    String pivot = options.get("pivot");
    String currency = options.get("currency");
    return new ImportParameters(
        columnNames(),
        "vendor".equals(currency) ? null : currency,
        String.valueOf(structure.delimiter()),
        structure.charset().name(),
        options.get("date_format"),
        options.get("decimal"),
        headerLine == null ? null : Integer.valueOf(headerLine),
        options.get("date"),
        pivot == null ? null : Integer.valueOf(pivot),
        options.get("thousands"),
        signs,
        negative,
        null,
        null,
        given.format());
  }

  private Map<String, String> columnNames() {
    Map<String, String> names = new LinkedHashMap<>();
    mapping.places().forEach((field, place) -> names.put(field, mapping.name(place)));
    return names;
  }

  private void structure() {
    if (structure.headerLine() != null) {
      options.put("header_line", structure.headerLine().toString());
    }
    if (structure.delimiter() != ',' || given.delimiter() != null) {
      char delimiter = structure.delimiter();
      options.put("delimiter", delimiter == '\t' ? "tab" : String.valueOf(delimiter));
    }
    if (given.charset() != null) {
      options.put("charset", given.charset());
    } else if (!structure.charset().equals(StandardCharsets.UTF_8)) {
      charset();
    }
  }

  /** A charset that is not Unicode is a guess; it matters only if texts that are read differ. */
  private void charset() {
    options.put("charset", structure.charset().name().toLowerCase(Locale.ROOT));
    if (!structure.charset().equals(WINDOWS) || observations.strange().isEmpty()) {
      return;
    }
    List<Question.Choice> choices = new ArrayList<>();
    for (String name : OTHER_CHARSETS) {
      Charset charset = Charset.forName(name);
      if (head.isValid(charset)) {
        choices.add(
            new Question.Choice(
                name,
                observations.strange().entrySet().stream()
                    .map(
                        text ->
                            new Sample(
                                text.getKey(),
                                text.getValue(),
                                new String(text.getValue().getBytes(WINDOWS), charset)))
                    .toList()));
      }
    }
    questions.add(
        new Question(
            "charset",
            null,
            "The file is not UTF-8. In which charset are its names as they should be?",
            choices,
            true));
  }

  private void columns() {
    options.put(
        "columns",
        columnNames().entrySet().stream()
            .map(column -> column.getKey() + ":" + Queries.escape(column.getValue()))
            .collect(Collectors.joining(",")));
    questions.addAll(mapping.questions());
  }

  private void dates() {
    DateShapes dates = observations.dates();
    if (!mapping.has("date_billed")) {
      return;
    }
    if (given.dateFormat() != null) {
      options.put("date_format", given.dateFormat());
    } else if (dates.count() == 0 && dates.serials() > 0) {
      options.put("date_format", "excel");
      ask(
          "date_format",
          "The dates are serial numbers of a spreadsheet. Which calendar has it?",
          List.of("excel", "excel-1904"),
          dateCells(),
          cell -> choice -> date(choice, null, cell));
    } else if (dates.count() > 0) {
      List<String> formats = dates.formats(isComplete);
      options.put("date_format", formats.getFirst());
      if (formats.size() > 1) {
        ask(
            "date_format",
            "Is the day first in a date, or the month?",
            formats,
            dates.samples(),
            cell -> choice -> date(choice, given.pivot(), cell));
      }
    }
    if (given.pivot() != null) {
      options.put("pivot", given.pivot().toString());
    } else if (dates.hasDoubtfulYear()) {
      String format = options.get("date_format");
      ask(
          "pivot",
          "Years have two digits. Which years from 70 to 99 are of the last century?",
          List.of("70", "100"),
          dates.samples(),
          cell -> choice -> date(format, Integer.valueOf(choice), cell));
    }
  }

  private List<String> dateCells() {
    Integer place = mapping.places().get("date_billed");
    return place == null
        ? List.of()
        : observations.firstRows().stream().map(row -> Observations.cell(row, place)).toList();
  }

  private static @Nullable String date(
      @Nullable String formats, @Nullable Integer pivot, String cell) {
    LocalDate date = DateFormat.of(formats, pivot).read(cell);
    return date == null ? null : date.toString();
  }

  private void negatives() {
    Set<String> ways = new TreeSet<>(observations.amounts().negative());
    Set<String> known = given.negative() == null ? Set.of() : given.negative();
    ways.addAll(known);
    boolean isDirected =
        observations.amounts().hasMarks()
            || mapping.has("direction")
            || mapping.has("debit")
            || mapping.has("credit");
    boolean isDecided = known.contains("cr") || known.contains("dr");
    if (isDirected && !isDecided) {
      List<String> rest = List.copyOf(ways);
      List<String> choices = List.of(joined(rest, "cr"), joined(rest, "dr"));
      questions.add(
          new Question(
              "negative",
              null,
              "Which amounts are negative: the credits (cr) or the debits (dr)?",
              choices.stream().map(choice -> new Question.Choice(choice, List.of())).toList(),
              false));
      ways.add("cr");
    }
    if (!ways.isEmpty()) {
      negative = ways;
      options.put("negative", String.join(",", ways));
    }
  }

  private static String joined(List<String> ways, String mark) {
    Set<String> all = new TreeSet<>(ways);
    all.add(mark);
    return String.join(",", all);
  }

  private void separators() {
    List<AmountShapes.Separators> all =
        observations.amounts().separators().stream().filter(this::isAllowed).toList();
    AmountShapes.Separators best =
        all.isEmpty() ? observations.amounts().separators().getFirst() : all.getFirst();
    String decimal = given.decimal() == null ? best.decimal() : given.decimal();
    String thousands = given.thousands() == null ? best.thousands() : given.thousands();
    if (!decimal.equals(".") || given.decimal() != null || all.size() > 1) {
      options.put("decimal", decimal);
    }
    if (thousands != null && !thousands.equals(decimal)) {
      options.put("thousands", thousands);
    }
    if (all.size() > 1) {
      List<Question.Choice> choices =
          all.stream()
              .map(
                  one ->
                      new Question.Choice(
                          one.decimal(),
                          observations.amounts().samples().stream()
                              .map(cell -> new Sample("payable", cell, amount(one, cell)))
                              .toList()))
              .toList();
      questions.add(
          new Question(
              "decimal", null, "Which character is the decimal separator?", choices, false));
    }
  }

  private boolean isAllowed(AmountShapes.Separators separators) {
    return (given.decimal() == null || given.decimal().equals(separators.decimal()))
        && (given.thousands() == null || !given.thousands().equals(separators.decimal()));
  }

  private @Nullable String amount(AmountShapes.Separators separators, String cell) {
    Map<String, String> all =
        observations.amounts().signs().keySet().stream()
            .collect(Collectors.toMap(sign -> sign, _ -> ""));
    ImportParameters how =
        new ImportParameters(
            null,
            null,
            null,
            null,
            null,
            separators.decimal(),
            null,
            null,
            null,
            separators.thousands(),
            all,
            negative,
            null,
            null,
            null);
    AmountFormat.Amount amount = AmountFormat.of(how).read(cell);
    return amount == null ? null : amount.value().toPlainString();
  }

  private void signs() {
    if (given.currencySigns() != null) {
      signs = given.currencySigns();
    } else {
      Map<String, String> known = knownSigns();
      Map<String, String> found = new LinkedHashMap<>();
      observations
          .amounts()
          .signs()
          .keySet()
          .forEach(
              sign -> {
                String code = ColumnShape.CURRENCIES.contains(sign) ? sign : known.get(sign);
                if (code != null) {
                  found.put(sign, code);
                }
              });
      signs = found.isEmpty() ? null : found;
    }
    if (signs != null) {
      options.put(
          "currency_signs",
          signs.entrySet().stream()
              .map(
                  sign ->
                      sign.getValue().isEmpty() || sign.getValue().equals(sign.getKey())
                          ? sign.getKey()
                          : sign.getKey() + ":" + sign.getValue())
              .collect(Collectors.joining(",")));
    }
  }

  /** The signs of currencies, each with the only currency that it means, or with an empty text. */
  private static Map<String, String> knownSigns() {
    return Words.of("sign").stream()
        .map(sign -> sign.split("=", 2))
        .collect(Collectors.toMap(sign -> sign[0], sign -> sign.length == 2 ? sign[1] : ""));
  }

  private void currency() {
    if (given.currency() != null) {
      options.put("currency", given.currency());
      return;
    }
    if (observations.withoutCurrency() == 0 && observations.rows() > 0) {
      return;
    }
    Set<String> stated = new LinkedHashSet<>();
    Set<String> likely = new LinkedHashSet<>();
    for (String field : FIELDS_WITH_AMOUNTS) {
      Integer place = mapping.places().get(field);
      if (place != null) {
        look(structure.header().get(place), stated, likely);
      }
    }
    boolean areAllSigned =
        signs != null
            && signs.values().stream().noneMatch(String::isEmpty)
            && observations.amounts().signs().values().stream().mapToLong(Long::longValue).sum()
                == observations.amounts().count();
    if (areAllSigned) {
      return;
    }
    observations.amounts().signs().keySet().forEach(sign -> look(sign, stated, likely));
    if (stated.size() == 1) {
      options.put("currency", stated.iterator().next());
      return;
    }
    likely.addAll(stated);
    likely.add("vendor");
    questions.add(
        new Question(
            "currency",
            null,
            "Which currency have rows that name none? \"vendor\" is the one of each vendor.",
            likely.stream().map(code -> new Question.Choice(code, List.of())).toList(),
            true));
  }

  /** Finds codes and signs of currencies in a text, such as the name of a column. */
  private static void look(String text, Set<String> stated, Set<String> likely) {
    Arrays.stream(text.split("[^A-Za-z]+"))
        .filter(ColumnShape.CURRENCIES::contains)
        .forEach(stated::add);
    Map<String, String> known = knownSigns();
    for (String choice : Words.of("choices")) {
      String[] sign = choice.split("=", 2);
      boolean isThere =
          sign[0].chars().anyMatch(Character::isLetter)
              ? text.strip().equals(sign[0])
              : text.contains(sign[0]);
      if (isThere) {
        likely.addAll(List.of(sign[1].split(",")));
      }
    }
    known.forEach(
        (sign, code) -> {
          if (!code.isEmpty()
              && sign.chars().noneMatch(Character::isLetter)
              && text.contains(sign)) {
            stated.add(code);
          }
        });
  }

  private void ask(
      String option,
      String question,
      List<String> values,
      List<String> cells,
      Function<String, Function<String, @Nullable String>> reading) {
    questions.add(
        new Question(
            option,
            null,
            question,
            values.stream()
                .map(
                    value ->
                        new Question.Choice(
                            value,
                            cells.stream()
                                .map(
                                    cell ->
                                        new Sample(
                                            "date_billed", cell, reading.apply(cell).apply(value)))
                                .toList()))
                .toList(),
            true));
  }

  /** The cells of the first rows, and what they mean. */
  List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    ImportParameters how = parameters();
    DateFormat dates = DateFormat.of(how.dateFormat(), how.pivot());
    AmountFormat amounts = AmountFormat.of(how);
    for (List<String> row : observations.firstRows()) {
      mapping
          .places()
          .forEach(
              (field, place) -> {
                String cell = Observations.cell(row, place);
                String value =
                    switch (field) {
                      case "date_billed" -> Objects.toString(dates.read(cell), null);
                      case "payable", "debit", "credit" -> {
                        AmountFormat.Amount amount = amounts.read(cell);
                        yield amount == null ? null : amount.value().toPlainString();
                      }
                      default -> Spaces.strip(cell);
                    };
                samples.add(new Sample(field, cell, value));
              });
    }
    return samples;
  }
}

package io.tallyman.worker.intake;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.intake.csv.Upload;
import io.tallyman.worker.intake.detect.Detector;
import io.tallyman.worker.intake.detect.Question;
import io.tallyman.worker.intake.row.Row;
import io.tallyman.worker.intake.row.UploadReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * A file in any supported style is read back exactly, after at most one round of true answers. A
 * row that is written in no style is refused, and changes nothing for the other rows.
 */
final class DetectorPropertyTest {
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);
  private static final Map<String, String> COLUMNS =
      Map.of("date_billed", "Invoice Date", "account_name", "Supplier", "payable", "Amount");
  private static final List<String> NAMES =
      List.of(
          "Oak Ltd",
          "Total Gas & Power",
          "Smith, Jones; Co",
          "O'Neil \"Best\"",
          "3M",
          "\u00c4mter GmbH",
          "Caf\u00e9 Clash",
          "\u5317\u4eac Ltd");

  record Billing(LocalDate date, String name, BigDecimal amount) {}

  /**
   * @param dates an option {@code date_format}
   * @param thousands the separator as it is in the file; empty if there is none
   * @param negative {@code -}, {@code \u2212}, {@code ()} or {@code t} for a minus at the end
   */
  record Style(
      Charset charset,
      String delimiter,
      int linesAbove,
      String dates,
      String decimal,
      String thousands,
      String negative,
      String sign) {

    /** The name, with a letter that the charset has. */
    String name(Billing billing) {
      return charset.newEncoder().canEncode(billing.name) ? billing.name : "Elm";
    }

    String date(LocalDate date) {
      return switch (dates) {
        case "excel" -> Long.toString(ChronoUnit.DAYS.between(DAY_ZERO, date));
        case "ISO" -> date.toString();
        default ->
            DateTimeFormatter.ofPattern(dates.replace("yy", "uu"), Locale.ENGLISH).format(date);
      };
    }

    String amount(BigDecimal amount) {
      String plain = amount.abs().toPlainString();
      int dot = plain.indexOf('.');
      StringBuilder digits = new StringBuilder(dot < 0 ? plain : plain.substring(0, dot));
      for (int at = digits.length() - 3; at > 0; at -= 3) {
        digits.insert(at, thousands);
      }
      String number = digits + (dot < 0 ? "" : decimal + plain.substring(dot + 1));
      if (amount.signum() >= 0) {
        return sign + number;
      }
      return switch (negative) {
        case "()" -> "(" + sign + number + ")";
        case "t" -> sign + number + "-";
        default -> (charset.equals(WINDOWS) ? "-" : negative) + sign + number;
      };
    }

    byte[] file(List<Billing> billings, List<String> strange) {
      StringBuilder csv = new StringBuilder(charset.equals(UTF_16LE) ? "\ufeff" : "");
      csv.append("Payments of the council\n".repeat(linesAbove));
      csv.append(String.join(delimiter, "Invoice Date", "Supplier", "Amount")).append('\n');
      for (int index = 0; index < billings.size(); index++) {
        Billing billing = billings.get(index);
        add(csv, date(billing.date), name(billing), amount(billing.amount));
        if (index < strange.size()) {
          String[] cells = strange.get(index).split("/", -1);
          add(
              csv,
              cells[0].isEmpty() ? date(billing.date) : cells[0],
              "Strange",
              cells[1].isEmpty() ? amount(billing.amount) : cells[1]);
        }
      }
      return csv.toString().getBytes(charset);
    }

    private void add(StringBuilder csv, String... cells) {
      csv.append(
              Arrays.stream(cells)
                  .map(
                      cell ->
                          cell.contains(delimiter) || cell.contains("\"")
                              ? '"' + cell.replace("\"", "\"\"") + '"'
                              : cell)
                  .collect(Collectors.joining(delimiter)))
          .append('\n');
    }

    /** The true answers, as a query. A column that is in doubt is answered with its name. */
    String answers(List<Question> questions) {
      Map<String, String> truth =
          Map.of(
              "currency",
              "GBP",
              "date_format",
              dates,
              "decimal",
              decimal,
              "charset",
              charset.name());
      Map<String, String> answers = new LinkedHashMap<>();
      for (Question question : questions) {
        if (question.option().equals("columns")) {
          answers.merge(
              "columns",
              question.field() + ":" + COLUMNS.get(question.field()),
              "%s,%s"::formatted);
        } else {
          assertThat(truth).containsKey(question.option());
          answers.put(question.option(), truth.get(question.option()));
        }
      }
      return answers.entrySet().stream()
          .map(answer -> answer.getKey() + "=" + answer.getValue())
          .collect(Collectors.joining("&"));
    }
  }

  @Property
  void fileIsReadBackExactlyAfterOneRoundOfAnswers(
      @ForAll("styles") Style style, @ForAll("billings") List<Billing> billings) throws Exception {
    List<Row> rows = read(style.file(billings, List.of()), style);

    assertThat(rows).allMatch(Row.Good.class::isInstance);
    assertThat(staged(rows)).isEqualTo(expected(style, billings));
  }

  @Property
  void rowsInNoStyleAreRefusedAndTheOthersReadBack(
      @ForAll("styles") Style style,
      @ForAll("billings") List<Billing> billings,
      @ForAll("strange") List<String> strange)
      throws Exception {
    List<Row> rows = read(style.file(billings, strange), style);

    assertThat(staged(rows)).isEqualTo(expected(style, billings));
    assertThat(rows.stream().filter(Row.Refused.class::isInstance))
        .hasSize(Math.min(strange.size(), billings.size()))
        .allMatch(row -> row.cells().get(1).equals("Strange"));
  }

  /** Inspects the file, answers its questions, and reads it with what is found then. */
  private static List<Row> read(byte[] file, Style style) throws IOException, InterruptedException {
    List<Question> questions =
        Detector.inspect(file, true, ImportParameters.OURS).detection().questions();
    ImportParameters answers = Queries.read(style.answers(questions));
    Detector.Found found = Detector.detect(() -> new ByteArrayInputStream(file), answers, _ -> {});
    assertThat(found.detection().questions()).isEmpty();
    List<Row> rows = new ArrayList<>();
    try (Upload upload = Upload.of(new ByteArrayInputStream(file), _ -> {})) {
      UploadReader.begin(upload, found.parameters()).read(rows::add);
    }
    return rows;
  }

  private static List<String> staged(List<Row> rows) {
    return rows.stream()
        .filter(Row.Good.class::isInstance)
        .map(row -> ((Row.Good) row).staged())
        .map(cells -> cells.get(1) + " " + cells.get(4) + " " + cells.get(5) + " " + cells.get(6))
        .toList();
  }

  private static List<String> expected(Style style, List<Billing> billings) {
    return billings.stream()
        .map(
            billing ->
                "%s %s %s GBP"
                    .formatted(style.name(billing), billing.date, billing.amount.setScale(2)))
        .toList();
  }

  @Provide
  Arbitrary<Style> styles() {
    return Combinators.combine(
            Arbitraries.of(UTF_8, WINDOWS, UTF_16LE),
            Arbitraries.of(",", ";", "\t", "|"),
            Arbitraries.integers().between(0, 2),
            Arbitraries.of(
                "ISO",
                "dd/MM/yyyy",
                "d/M/yyyy",
                "MM/dd/yyyy",
                "M/d/yyyy",
                "d.M.yyyy",
                "dd.MM.yy",
                "yyyy/MM/dd",
                "yyyyMMdd",
                "d MMM yyyy",
                "MMMM d, yyyy",
                "excel"),
            Arbitraries.of(
                List.of(".", ""),
                List.of(".", ","),
                List.of(".", "'"),
                List.of(",", ""),
                List.of(",", "."),
                List.of(",", " "),
                List.of(",", "\u00a0")),
            Arbitraries.of("-", "\u2212", "()", "t"),
            Arbitraries.of("", "", "\u00a3"))
        .as(
            (charset, delimiter, above, dates, separators, negative, sign) ->
                new Style(
                    charset,
                    delimiter,
                    above,
                    dates,
                    separators.getFirst(),
                    separators.getLast(),
                    negative,
                    sign));
  }

  @Provide
  Arbitrary<List<Billing>> billings() {
    Arbitrary<LocalDate> dates =
        Arbitraries.longs()
            .between(LocalDate.of(2000, 1, 1).toEpochDay(), LocalDate.of(2069, 12, 31).toEpochDay())
            .map(LocalDate::ofEpochDay);
    Arbitrary<BigDecimal> amounts =
        Arbitraries.oneOf(
            Arbitraries.bigDecimals()
                .between(new BigDecimal("-9999999999.99"), new BigDecimal("9999999999.99"))
                .ofScale(2),
            Arbitraries.integers().between(-99_999, 99_999).map(BigDecimal::valueOf));
    return Combinators.combine(dates, Arbitraries.of(NAMES), amounts)
        .as(Billing::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  /** A date and an amount, one of them in no style. */
  @Provide
  Arbitrary<List<String>> strange() {
    return Arbitraries.of("soon/", "/unknown", "/12x", "31-31-2031/", "/--5")
        .list()
        .ofMinSize(1)
        .ofMaxSize(2);
  }
}

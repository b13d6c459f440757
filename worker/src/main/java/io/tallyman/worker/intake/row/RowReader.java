package io.tallyman.worker.intake.row;

import static java.text.Normalizer.Form.NFC;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.tallyman.worker.intake.csv.AmountFormat;
import io.tallyman.worker.intake.csv.DateFormat;
import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.intake.csv.Spaces;
import io.tallyman.worker.sheet.TextCell;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Validates a row: turns it into a billing, or returns its first fault. */
final class RowReader {
  private static final Pattern TEXT_FORMULA =
      Pattern.compile("=\"((?:[^\"]|\"\")*)\"", Pattern.DOTALL);
  private static final Pattern ISSUES = Pattern.compile("[0-9]{1,10}");
  private static final int LONGEST_TEXT = 200;
  private static final Map<String, Integer> DECIMALS =
      Currency.availableCurrencies()
          .filter(currency -> currency.getDefaultFractionDigits() >= 0)
          .collect(
              Collectors.toUnmodifiableMap(
                  Currency::getCurrencyCode, Currency::getDefaultFractionDigits));

  private final Layout layout;
  private final @Nullable String currency;
  private final @Nullable String date;
  private final DateFormat dates;
  private final AmountCells amounts;

  RowReader(Layout layout, ImportParameters parameters) {
    this.layout = layout;
    currency = parameters.currency();
    date = parameters.date();
    dates = DateFormat.of(parameters.dateFormat(), parameters.pivot());
    amounts = new AmountCells(layout, parameters);
  }

  Row read(CsvRecord row) {
    return read(row.getStartingLineNumber(), row.getFields());
  }

  Row read(long line, List<String> cells) {
    if (cells.stream().allMatch(Spaces::areAll)) {
      return new Row.Empty(line, cells);
    }
    int expected = layout.header().size();
    if (cells.size() < layout.neededCells()) {
      String message =
          cells.size() + " cells, but the needed columns are the first " + layout.neededCells();
      return new Row.Refused(line, null, "too-few-cells", message, cells);
    }
    if (cells.stream().skip(expected).anyMatch(cell -> !Spaces.areAll(cell))) {
      String message = cells.size() + " cells, but the header has " + expected;
      return new Row.Refused(line, null, "too-many-cells", message, cells);
    }
    try {
      return new Row.Good(line, cells, staged(line, cells));
    } catch (BadCell bad) {
      return new Row.Refused(
          line, layout.column(bad.field()), bad.code(), String.valueOf(bad.getMessage()), cells);
    }
  }

  /** Whether rows without a date have that of the import. */
  boolean hasDate() {
    return date != null;
  }

  /** The amount in a row, whatever else is wrong in it; null if it cannot be read. */
  @Nullable Money money(List<String> cells) {
    try {
      AmountCells.Found found = amounts.read(cells);
      String code = currency(found, cells);
      return new Money(code, new BigDecimal(payable(found, code)));
    } catch (BadCell bad) {
      return null;
    }
  }

  private List<@Nullable String> staged(long line, List<String> cells) throws BadCell {
    String name = name(cells);
    String number = text(Field.ACCOUNT_NUMBER, "bad-account-number", cells);
    if (name == null && number == null) {
      throw new BadCell(Field.ACCOUNT_NAME, "missing-vendor", "the vendor is missing");
    }
    String reference = text(Field.REFERENCE, "bad-reference", cells);
    String date = date(cells);
    AmountCells.Found found = amounts.read(cells);
    String code = currency(found, cells);
    String payable = payable(found, code);
    String issues = issues(cells);
    return Arrays.asList(Long.toString(line), name, number, reference, date, payable, code, issues);
  }

  /**
   * The name unchanged, because a vendor with exactly this name goes first. Otherwise names are
   * compared and stored in NFC and without spaces at their ends, so only that part is limited.
   */
  private @Nullable String name(List<String> cells) throws BadCell {
    String name = text(layout.cell(Field.ACCOUNT_NAME, cells));
    if (Spaces.areAll(name)) {
      return null;
    }
    require(Field.ACCOUNT_NAME, "bad-vendor", name, Normalizer.normalize(Spaces.strip(name), NFC));
    return name;
  }

  /** The text unchanged, including spaces; null if it is blank. */
  private @Nullable String text(Field field, String code, List<String> cells) throws BadCell {
    String text = text(layout.cell(field, cells));
    if (text.isBlank()) {
      return null;
    }
    require(field, code, text, text);
    return text;
  }

  /**
   * @param stored the part of the text that is stored
   */
  private static void require(Field field, String code, String text, String stored) throws BadCell {
    if (stored.codePointCount(0, stored.length()) > LONGEST_TEXT) {
      throw BadCell.of(field, code, text, "is longer than " + LONGEST_TEXT + " characters");
    }
    if (text.indexOf('\0') >= 0) {
      throw new BadCell(field, code, "it contains a NUL character");
    }
  }

  /** The text of a cell. A spreadsheet's formula that means a text, {@code ="00099"}, is read. */
  private static String text(String cell) {
    Matcher formula = TEXT_FORMULA.matcher(cell);
    return formula.matches() ? formula.group(1).replace("\"\"", "\"") : TextCell.read(cell);
  }

  private String date(List<String> cells) throws BadCell {
    String text = Spaces.strip(layout.cell(Field.DATE_BILLED, cells));
    if (text.isEmpty() && date != null) {
      return date;
    }
    if (text.isEmpty()) {
      throw new BadCell(Field.DATE_BILLED, "missing-date", "the date is missing");
    }
    LocalDate read = dates.read(text);
    if (read == null) {
      String fault = "is not a date of the form " + dates.example();
      throw BadCell.of(Field.DATE_BILLED, "bad-date", text, fault);
    }
    return read.toString();
  }

  /** The currency of the row, of its amount or of the import; null if none of them gives one. */
  private @Nullable String currency(AmountCells.Found found, List<String> cells) throws BadCell {
    String text = Spaces.strip(layout.cell(Field.CURRENCY, cells));
    if (text.isEmpty()) {
      return found.currency() == null ? currency : found.currency();
    }
    if (!DECIMALS.containsKey(text)) {
      throw BadCell.of(Field.CURRENCY, "bad-currency", text, "is not an ISO 4217 currency code");
    }
    if (found.currency() != null && !found.currency().equals(text)) {
      throw BadCell.of(
          Field.CURRENCY, "bad-currency", text, "is not the currency of the amount, as written");
    }
    return text;
  }

  /**
   * The amount with exactly as many decimals as its currency has. If the currency is not known
   * here, the amount has the decimals that it needs.
   */
  private static String payable(AmountCells.Found found, @Nullable String code) throws BadCell {
    BigDecimal amount = AmountFormat.shortest(found.amount());
    Integer decimals = code == null ? null : DECIMALS.get(code);
    if (decimals == null) {
      return amount.toPlainString();
    }
    if (amount.scale() > decimals) {
      String fault = "has more decimals than " + code + " allows (" + decimals + ")";
      throw BadCell.of(found.field(), "bad-amount", found.text(), fault);
    }
    return amount.setScale(decimals).toPlainString();
  }

  private String issues(List<String> cells) throws BadCell {
    String text = Spaces.strip(layout.cell(Field.TOTAL_ISSUES, cells));
    if (text.isEmpty()) {
      return "1";
    }
    if (!ISSUES.matcher(text).matches() || Long.parseLong(text) > Integer.MAX_VALUE) {
      throw BadCell.of(
          Field.TOTAL_ISSUES, "bad-issues", text, "is not a whole number from 0 to 2147483647");
    }
    return text;
  }
}

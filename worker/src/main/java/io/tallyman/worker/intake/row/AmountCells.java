package io.tallyman.worker.intake.row;

import io.tallyman.worker.intake.csv.AmountFormat;
import io.tallyman.worker.intake.csv.ImportParameters;
import io.tallyman.worker.intake.csv.Spaces;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the amount of a row: from one cell, from one cell and another one that says whether it is a
 * debit or a credit, or from two cells for debits and credits. Credits are negative, unless the
 * import says that debits are.
 */
final class AmountCells {
  private static final Set<String> DEBITS = Set.copyOf(Words.of("is_debit"));
  private static final Set<String> CREDITS = Set.copyOf(Words.of("is_credit"));

  private final Layout layout;
  private final AmountFormat format;
  private final boolean isDebitNegative;

  /**
   * @param field the field of the cell with the amount
   * @param text that cell
   * @param currency the currency that stands beside the amount; null if none does
   */
  record Found(Field field, String text, BigDecimal amount, @Nullable String currency) {}

  AmountCells(Layout layout, ImportParameters parameters) {
    this.layout = layout;
    format = AmountFormat.of(parameters);
    Set<String> negative = parameters.negative() == null ? Set.of() : parameters.negative();
    isDebitNegative = negative.contains(AmountFormat.DEBIT);
  }

  Found read(List<String> cells) throws BadCell {
    if (layout.has(Field.DEBIT) || layout.has(Field.CREDIT)) {
      return readTwo(cells);
    }
    Found found = read(Field.PAYABLE, cells);
    if (found == null) {
      throw missing(Field.PAYABLE);
    }
    return layout.has(Field.DIRECTION) ? directed(found, cells) : found;
  }

  private Found readTwo(List<String> cells) throws BadCell {
    Found debit = read(Field.DEBIT, cells);
    Found credit = read(Field.CREDIT, cells);
    if (debit != null && credit != null) {
      if (debit.amount.signum() != 0 && credit.amount.signum() != 0) {
        throw BadCell.of(
            Field.CREDIT, "bad-amount", credit.text, "is a credit, but the row has a debit too");
      }
      return credit.amount.signum() == 0 ? signed(debit, false) : signed(credit, true);
    }
    if (debit == null && credit == null) {
      throw missing(layout.has(Field.DEBIT) ? Field.DEBIT : Field.CREDIT);
    }
    return debit == null ? signed(credit, true) : signed(debit, false);
  }

  private Found directed(Found found, List<String> cells) throws BadCell {
    String direction = layout.cell(Field.DIRECTION, cells);
    String word = Words.plain(direction);
    boolean isCredit = CREDITS.contains(word);
    if (!isCredit && !DEBITS.contains(word)) {
      throw BadCell.of(
          Field.DIRECTION, "bad-direction", direction, "is not a word for a debit or a credit");
    }
    if (found.amount.signum() < 0) {
      throw BadCell.of(
          found.field, "bad-amount", found.text, "is negative, but its sign is in another column");
    }
    return signed(found, isCredit);
  }

  private Found signed(@Nullable Found found, boolean isCredit) {
    Found amount = Objects.requireNonNull(found);
    return isCredit == isDebitNegative
        ? amount
        : new Found(amount.field, amount.text, amount.amount.negate(), amount.currency);
  }

  private @Nullable Found read(Field field, List<String> cells) throws BadCell {
    String text = Spaces.strip(layout.cell(field, cells));
    if (text.isEmpty()) {
      return null;
    }
    AmountFormat.Amount amount = format.read(text);
    if (amount == null) {
      String fault = "is not an amount of the form " + format.example();
      throw BadCell.of(field, "bad-amount", text, fault);
    }
    return new Found(field, text, amount.value(), amount.currency());
  }

  private static BadCell missing(Field field) {
    return new BadCell(field, "missing-amount", "the amount is missing");
  }
}

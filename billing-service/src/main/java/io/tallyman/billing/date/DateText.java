package io.tallyman.billing.date;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Binds and reads dates as text. Otherwise the framework converts them to {@link java.sql.Date},
 * which shifts days before 15 October 1582.
 */
@Singleton
public final class DateText implements AttributeConverter<LocalDate, String> {
  @Override
  public @Nullable String convertToPersistedValue(
      @Nullable LocalDate date, ConversionContext context) {
    return date == null ? null : date.toString();
  }

  @Override
  public @Nullable LocalDate convertToEntityValue(
      @Nullable String text, ConversionContext context) {
    return text == null ? null : LocalDate.parse(text);
  }
}

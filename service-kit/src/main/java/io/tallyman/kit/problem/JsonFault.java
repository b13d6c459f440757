package io.tallyman.kit.problem;

import io.micronaut.serde.exceptions.InvalidFormatException;
import io.micronaut.serde.exceptions.SerdeException;
import io.micronaut.serde.exceptions.path.CollectionItemReferencePath;
import io.micronaut.serde.exceptions.path.MapItemReferencePath;
import io.micronaut.serde.exceptions.path.ReferencePath;
import io.tallyman.kit.json.UnsoundJson;
import io.tallyman.kit.json.WrongType;
import io.tallyman.kit.problem.Problem.FieldError;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says where and why JSON does not fit the type it is read into. */
public final class JsonFault {
  /** The framework has no exception of its own for this. MistakesIT fails if the text changes. */
  private static final Pattern UNKNOWN = Pattern.compile("^Unknown property \\[.*?] encountered");

  private static final Pattern CAMEL = Pattern.compile("([a-z0-9])([A-Z])");

  private JsonFault() {}

  /** The field at fault, if the failure's chain of causes names one. */
  public static Optional<FieldError> in(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SerdeException fault && !fault.getPath().isEmpty()) {
        return Optional.of(new FieldError(pointer(fault), reason(fault)));
      }
      if (cause instanceof UnsoundJson unsound) {
        return Optional.of(new FieldError(unsound.pointer(), String.valueOf(unsound.getMessage())));
      }
    }
    return Optional.empty();
  }

  /** A property's name as it stands on the wire. */
  public static String wireName(String property) {
    return CAMEL.matcher(property).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
  }

  private static String pointer(SerdeException fault) {
    StringBuilder pointer = new StringBuilder();
    for (ReferencePath step : fault.getPath().reversed()) {
      pointer.append('/').append(name(step));
    }
    return pointer.toString();
  }

  private static String name(ReferencePath step) {
    return switch (step) {
      case CollectionItemReferencePath item -> Integer.toString(item.index());
      case MapItemReferencePath item -> item.key();
      default -> wireName(step.getArgument().getName());
    };
  }

  private static String reason(SerdeException fault) {
    String message = String.valueOf(fault.getMessage());
    if (fault instanceof WrongType) {
      return message;
    }
    if (UNKNOWN.matcher(message).find()) {
      return "is not known here; check the spelling or leave it out";
    }
    if (fault instanceof InvalidFormatException format && format.getOriginalValue() != null) {
      return "cannot be read from " + quoted(format.getOriginalValue());
    }
    return "is missing, of the wrong type, or no valid value";
  }

  private static String quoted(Object value) {
    String text = value.toString();
    return '"' + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + '"';
  }
}

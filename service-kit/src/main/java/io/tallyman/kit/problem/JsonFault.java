package io.tallyman.kit.problem;

import io.micronaut.serde.exceptions.InvalidFormatException;
import io.micronaut.serde.exceptions.SerdeException;
import io.micronaut.serde.exceptions.path.CollectionItemReferencePath;
import io.micronaut.serde.exceptions.path.MapItemReferencePath;
import io.micronaut.serde.exceptions.path.ReferencePath;
import io.tallyman.kit.json.UnsoundJson;
import io.tallyman.kit.json.WrongType;
import io.tallyman.kit.problem.Problem.FieldError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Describes which field of a JSON body is wrong, and why. */
public final class JsonFault {
  /** The framework has no exception of its own for this. MistakesIT fails if the text changes. */
  private static final Pattern UNKNOWN = Pattern.compile("^Unknown property \\[.*?] encountered");

  private static final Pattern CAMEL = Pattern.compile("([a-z0-9])([A-Z])");

  private JsonFault() {}

  /** The field at fault, if one of the causes of the failure names it. */
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

  /** The JSON name of a property. */
  public static String wireName(String property) {
    return CAMEL.matcher(property).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
  }

  private static String pointer(SerdeException fault) {
    StringBuilder pointer = new StringBuilder();
    List<ReferencePath> path = fault.getPath().reversed();
    for (int index = 0; index < path.size(); index++) {
      ReferencePath step = path.get(index);
      // An unknown field keeps the name that was sent.
      boolean sent = index == path.size() - 1 && isUnknown(fault);
      String name = sent ? step.getArgument().getName() : name(step);
      pointer.append('/').append(name.replace("~", "~0").replace("/", "~1")); // RFC 6901
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
    if (isUnknown(fault)) {
      return "is not a known field; check the spelling, or remove it";
    }
    if (fault instanceof InvalidFormatException format && format.getOriginalValue() != null) {
      return "cannot be read from " + quoted(format.getOriginalValue());
    }
    return "is missing, or has the wrong type or an invalid value";
  }

  private static boolean isUnknown(SerdeException fault) {
    return UNKNOWN.matcher(String.valueOf(fault.getMessage())).find();
  }

  private static String quoted(Object value) {
    String text = value.toString();
    return '"' + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + '"';
  }
}

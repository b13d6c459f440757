package io.tallyman.billing.imports;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import io.tallyman.kit.problem.InvalidFields;
import io.tallyman.kit.problem.Problem.FieldError;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of an upload besides those about the format of the file.
 *
 * @param options {@code detect} to find options that are not given in the file
 * @param onError with {@code skip}, the default, the good rows of a file with refused rows are
 *     imported; with {@code abort}, nothing is
 * @param mode {@code commit}, the default, or {@code validate} for a dry run
 * @param onReference with {@code refuse}, the default, a row is refused if its reference is known
 *     with other content; with {@code add}, it becomes a further line of that document
 * @param corrects the id of the import whose sheet of refused rows the file is
 * @param profile the name of the profile with options that are not given
 */
@Introspected
record ImportQuery(
    @Nullable @QueryValue String options,
    @Nullable @QueryValue("on_error") String onError,
    @Nullable @QueryValue String mode,
    @Nullable @QueryValue("on_reference") String onReference,
    @Nullable @QueryValue UUID corrects,
    @Nullable @QueryValue String profile) {

  private static final Set<String> KEPT = Set.of("on_error", "on_reference");

  private static final String DETECT = "detect";

  /**
   * @param charset the charset of the header {@code Content-Type}; null if it names none
   * @throws InvalidFields if a parameter is invalid; lists each of them
   */
  BillingImport.Parameters parameters(
      FileOptions file, SheetOptions sheet, @Nullable Charset charset) {
    List<FieldError> faults = new ArrayList<>();
    BillingImport.Parameters parameters = parameters(file, sheet, charset, faults);
    if (!faults.isEmpty()) {
      throw new InvalidFields(faults);
    }
    return parameters;
  }

  /** The query; an option that is not given is taken from a profile, if that has it. */
  ImportQuery or(Map<String, String> kept) {
    return new ImportQuery(
        options,
        onError == null ? kept.get("on_error") : onError,
        mode,
        onReference == null ? kept.get("on_reference") : onReference,
        corrects,
        profile);
  }

  /** What is wrong with the options of a profile; the pointers are those of its JSON. */
  static List<FieldError> faults(Map<String, String> kept) {
    List<FieldError> faults = new ArrayList<>();
    kept.keySet().stream()
        .filter(
            name ->
                !KEPT.contains(name)
                    && !FileOptions.NAMES.contains(name)
                    && !SheetOptions.NAMES.contains(name))
        .sorted()
        .forEach(name -> faults.add(new FieldError("?" + name, "is no option of a profile")));
    new ImportQuery(null, null, null, null, null, null)
        .or(kept)
        .parameters(FileOptions.NONE.or(kept), SheetOptions.NONE.or(kept), null, faults);
    return faults.stream()
        .map(fault -> new FieldError("/options/" + fault.pointer().substring(1), fault.detail()))
        .toList();
  }

  private BillingImport.Parameters parameters(
      FileOptions file, SheetOptions sheet, @Nullable Charset charset, List<FieldError> faults) {
    FileFormat given = file.read(faults).orCharset(charset == null ? null : charset.name());
    boolean isDetected = DETECT.equals(options);
    if (options != null && !isDetected) {
      faults.add(new FieldError("?options", "must be detect"));
    }
    if (isDetected && corrects != null) {
      faults.add(
          new FieldError(
              "?options",
              "cannot be given with corrects: give the query of the first import, which its result"
                  + " has"));
    }
    FileFormat format = isDetected ? given : given.withDefaults();
    format.check(faults);
    BillingImport.OnError refused =
        read(faults, "on_error", onError, BillingImport.OnError.SKIP, BillingImport.OnError.class);
    BillingImport.Mode wanted =
        read(faults, "mode", mode, BillingImport.Mode.COMMIT, BillingImport.Mode.class);
    BillingImport.OnReference known =
        read(
            faults,
            "on_reference",
            onReference,
            BillingImport.OnReference.REFUSE,
            BillingImport.OnReference.class);
    return BillingImport.Parameters.of(
        format, sheet.format(faults), options, refused, wanted, 0, known, corrects);
  }

  private static <E extends Enum<E>> E read(
      List<FieldError> faults, String name, @Nullable String value, E otherwise, Class<E> type) {
    if (value == null) {
      return otherwise;
    }
    List<E> all = List.of(type.getEnumConstants());
    Optional<E> meant =
        all.stream().filter(one -> one.name().toLowerCase(Locale.ROOT).equals(value)).findFirst();
    if (meant.isEmpty()) {
      String known = all.toString().toLowerCase(Locale.ROOT);
      faults.add(new FieldError("?" + name, "must be one of " + known));
    }
    return meant.orElse(otherwise);
  }
}

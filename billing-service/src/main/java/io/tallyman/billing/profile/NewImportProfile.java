package io.tallyman.billing.profile;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A profile as a client puts it; see {@link ImportProfile}. */
@Serdeable
public record NewImportProfile(
    @NotNull Map<String, String> options,
    @Nullable @Size(min = 1, max = 1024) List<String> header) {}

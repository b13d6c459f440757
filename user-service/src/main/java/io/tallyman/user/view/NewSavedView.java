package io.tallyman.user.view;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** A view as its user saves it; see {@link SavedView}. */
@Serdeable
record NewSavedView(
    @NotBlank
        @Size(max = 100)
        @Pattern(regexp = "\\P{Cntrl}*", message = "contains a control character")
        String name,
    @NotNull
        @Size(max = 1000)
        @Pattern(regexp = "\\P{Cntrl}*", message = "contains a control character")
        String query) {}

package io.tallyman.kit.problem;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.tallyman.kit.problem.Problem.FieldError;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fails in every way in which a controller can fail. */
@Controller("/parcels")
@ExecuteOn(TaskExecutors.BLOCKING)
class ParcelController {
  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  record Parcel(
      @NotBlank String sentTo,
      @Nullable BigDecimal weight,
      @Nullable List<@Valid Label> labels,
      @Nullable Long number,
      @Nullable Instant due,
      @Nullable JsonNode more) {}

  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = false)
  record Label(@Max(9) int size) {}

  static final class Lost extends Refusal {
    static final ProblemType TYPE =
        new ProblemType("parcel-lost", "The parcel is lost", HttpStatus.CONFLICT);

    private static final long serialVersionUID = 1L;

    Lost() {
      super(TYPE, "It fell off.", List.of(new FieldError("/sent_to", "is far away")));
    }
  }

  static final class Late extends Refusal {
    static final ProblemType TYPE =
        new ProblemType("parcel-late", "The parcel is late", HttpStatus.SERVICE_UNAVAILABLE);

    private static final long serialVersionUID = 1L;

    Late() {
      super(TYPE, "Ask again.");
    }
  }

  @Post
  Parcel send(@Body @Valid Parcel parcel) {
    return parcel;
  }

  @Post("/{number}")
  String touch(int number) {
    return "parcel " + number;
  }

  @Get("/{number}")
  String show(int number, @QueryValue(defaultValue = "1") @Max(3) int shelfNumber) {
    return "parcel " + number + " of shelf " + shelfNumber;
  }

  @Get("/due")
  Instant due(@QueryValue Instant after) {
    return after;
  }

  @Get(value = "/labels/a", produces = MediaType.TEXT_CSV)
  String label() {
    return "a,b";
  }

  @Get("/found")
  String find(@QueryValue String name) {
    return name;
  }

  @Get("/lost")
  String lost() {
    throw new Lost();
  }

  @Get("/late")
  String late() {
    throw new Late();
  }

  @Get("/nobody")
  HttpResponse<String> nobody() {
    return HttpResponse.notFound();
  }

  @Get("/broken")
  String broken() {
    throw new IllegalStateException("the password of the database is swordfish");
  }
}

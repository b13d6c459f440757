package io.tallyman.billing.billing;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.tallyman.billing.currency.KnownCurrency;
import io.tallyman.billing.date.FourDigitYear;
import io.tallyman.kit.idempotency.KeptAnswers;
import io.tallyman.kit.page.Page;
import io.tallyman.kit.page.PageRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Controller("/billings")
@ExecuteOn(TaskExecutors.BLOCKING)
class BillingController {
  private final BillingEntry entry;
  private final Billings billings;
  private final BillingList list;
  private final KeptAnswers answers;

  BillingController(BillingEntry entry, Billings billings, BillingList list, KeptAnswers answers) {
    this.entry = entry;
    this.billings = billings;
    this.list = list;
    this.answers = answers;
  }

  /**
   * @param onReference with {@code refuse}, the default, a billing with a known reference and other
   *     content is refused; with {@code add}, it becomes a further line of that document
   */
  @Post
  HttpResponse<?> add(
      HttpRequest<?> request,
      @Nullable
          @QueryValue("on_reference")
          @Pattern(regexp = "refuse|add", message = "must be one of [refuse, add]")
          String onReference,
      @Body @Valid NewBilling billing) {
    boolean addsLine = "add".equals(onReference);
    return answers.once(
        request,
        addsLine ? List.of(billing, onReference) : billing,
        () -> {
          Billing added = entry.enter(billing, addsLine);
          return HttpResponse.created(added, URI.create("/billings/" + added.id()));
        });
  }

  /**
   * @param from inclusive
   * @param to inclusive
   */
  @Get
  Page<Billing> list(
      @Nullable @QueryValue("vendor_id") Long vendorId,
      @Nullable @QueryValue @FourDigitYear LocalDate from,
      @Nullable @QueryValue @FourDigitYear LocalDate to,
      @Nullable @QueryValue @KnownCurrency String currency,
      PageRequest page) {
    return list.page(new BillingList.Filter(vendorId, from, to, currency), page);
  }

  @Get("/{id}")
  Billing show(long id) {
    return billings.findById(id).orElseThrow(() -> new UnknownBilling(id));
  }
}

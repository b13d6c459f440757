package io.tallyman.worker.stream;

import io.tallyman.kit.addressee.Addressee;
import io.tallyman.kit.credential.Credentials;
import io.tallyman.kit.request.RequestId;
import io.tallyman.kit.tls.TrustedAuthorities;
import io.tallyman.worker.billingservice.BillingServiceClient;
import io.tallyman.worker.task.TransientFailure;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;

/**
 * Calls to billing-service whose bodies may not fit into memory. A call that fails throws a {@link
 * TransientFailure}. Calls may take any time, but fail after 2 minutes without an answer or without
 * its first data, and after 15 s without more data. billing-service itself notices attempts that
 * stall in another way.
 */
@Singleton
public final class BillingServiceStreams {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  /**
   * billing-service counts the rows before its answer begins; the first row may take as long again.
   */
  private static final Duration BEFORE_FIRST_DATA = Duration.ofMinutes(2);

  /** Rows that have begun to flow do not stop while they are read. */
  private static final Duration BETWEEN_DATA = Duration.ofSeconds(15);

  private final HttpClient client;
  private final URI billingService;
  private final Credentials credentials;

  BillingServiceStreams(
      BillingServiceConfiguration configuration,
      Credentials credentials,
      TrustedAuthorities authorities) {
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .sslContext(authorities.forInstallation())
            .build();
    billingService = configuration.url();
    this.credentials = credentials;
  }

  /** Opens a stream of CSV. The caller closes the body. */
  public HttpResponse<InputStream> read(URI path) throws InterruptedException {
    HttpRequest request = request(path).timeout(BEFORE_FIRST_DATA).GET().build();
    HttpResponse<InputStream> response = send(request, BillingServiceStreams::watched);
    if (response.statusCode() != OK) {
      close(response.body());
      throw refused(request, response.statusCode());
    }
    return response;
  }

  /**
   * Sends CSV while it is produced. If the producer fails, its failure is thrown.
   *
   * @return the body of the answer
   */
  public String write(URI path, Pipeline<byte[]> csv) throws InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "text/csv; charset=utf-8")
            .PUT(BodyPublishers.ofByteArrays(csv))
            .build();
    try {
      HttpResponse<String> response = send(request, BodyHandlers.ofString());
      if (response.statusCode() != OK) {
        throw refused(request, response.statusCode());
      }
      return response.body();
    } catch (TransientFailure failure) {
      csv.throwFailure();
      throw failure;
    }
  }

  private static BodySubscriber<InputStream> watched(ResponseInfo answer) {
    return BodySubscribers.mapping(
        BodySubscribers.ofInputStream(),
        body -> new WatchedStream(body, BEFORE_FIRST_DATA, BETWEEN_DATA));
  }

  private HttpRequest.Builder request(URI path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(billingService.resolve(path))
            .header(Addressee.HEADER, BillingServiceClient.SERVICE)
            .header("Authorization", credentials.authorization(BillingServiceClient.SERVICE));
    RequestId.current().ifPresent(id -> request.header(RequestId.HEADER, id));
    return request;
  }

  private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws InterruptedException {
    try {
      return client.send(request, handler);
    } catch (IOException failure) {
      throw new TransientFailure(
          "billing-service-unavailable",
          "billing-service did not answer",
          request.method() + " " + request.uri().getPath() + " got no answer.",
          failure);
    }
  }

  private static TransientFailure refused(HttpRequest request, int status) {
    String answer =
        request.method() + " " + request.uri().getPath() + " was answered with " + status + ".";
    return status == UNAVAILABLE
        ? new TransientFailure("streams-busy", "All connections for streams are in use", answer)
        : new TransientFailure(
            "billing-service-unavailable", "billing-service did not answer", answer);
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException alreadyBroken) {
      // Ignored: nobody reads this body.
    }
  }

  @PreDestroy
  void close() {
    client.shutdownNow();
  }
}

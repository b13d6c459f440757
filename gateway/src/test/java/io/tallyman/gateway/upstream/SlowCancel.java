package io.tallyman.gateway.upstream;

import io.tallyman.gateway.Client;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** A call of billing-service without the short deadline of reads. */
final class SlowCancel {
  static final String ROUTE = "POST /tasks/0197a3c2-7a00-7000-8000-000000000001/cancel";

  private SlowCancel() {}

  static HttpRequest.Builder request(Client client) {
    return client
        .request("/api/v1" + ROUTE.substring("POST ".length()))
        .POST(BodyPublishers.noBody());
  }
}

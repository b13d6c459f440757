package io.tallyman.billing.access;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;

/** The public keys of access tokens, which user-service publishes. */
@Client(id = "user-service", path = "/auth/keys")
interface KeyClient {
  /** A JSON Web Key Set. */
  @Get
  String keys();
}

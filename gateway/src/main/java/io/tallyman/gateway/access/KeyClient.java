package io.tallyman.gateway.access;

import io.micronaut.http.annotation.Get;
import io.micronaut.http.client.annotation.Client;
import io.tallyman.gateway.upstream.Services;

/** The public keys of access tokens, which user-service publishes. */
@Client(id = Services.USER, path = "/auth/keys")
interface KeyClient {
  /** A JSON Web Key Set. */
  @Get
  String keys();
}

package io.tallyman.gateway.access;

import io.micronaut.http.HttpStatus;
import io.tallyman.kit.problem.ProblemType;
import io.tallyman.kit.problem.Refusal;

/** Others on the network could read the password and the session. */
final class NeedsHttps extends Refusal {
  private static final ProblemType TYPE =
      new ProblemType("needs-https", "A browser logs in over HTTPS only", HttpStatus.FORBIDDEN);

  private static final long serialVersionUID = 1L;

  NeedsHttps() {
    super(
        TYPE,
        "The page was loaded over plain HTTP, so others on the network could read the password."
            + " Open the https:// address. If there is none, put a reverse proxy with TLS in front"
            + " of the gateway, or set TALLYMAN_TLS_CERTIFICATE and TALLYMAN_TLS_KEY. List the host"
            + " name in TALLYMAN_HOSTS.");
  }
}

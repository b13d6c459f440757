package io.tallyman.gateway.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.net.URI;

/**
 * A login that was sent to the provider. Only the browser knows it, in a cookie.
 *
 * @param state comes back with the answer, and shows that this browser began the login
 * @param nonce is in the ID token, so that no token of another login is accepted
 * @param verifier proves to the provider that the code comes from this login (PKCE)
 * @param callback where the provider sends the browser
 * @param page the place in the dashboard that is shown after the login
 */
record PendingLogin(State state, Nonce nonce, CodeVerifier verifier, URI callback, String page) {
  static final String CALLBACK = "/login/callback";

  static PendingLogin begin(String origin, String page) {
    return new PendingLogin(
        new State(), new Nonce(), new CodeVerifier(), URI.create(origin + CALLBACK), page);
  }

  /** Whether the browser has loaded the dashboard over HTTPS. */
  boolean isSecure() {
    return "https".equals(callback.getScheme());
  }

  @Override
  public String toString() {
    return "PendingLogin[hidden]";
  }
}

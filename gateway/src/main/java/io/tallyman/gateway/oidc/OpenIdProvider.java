package io.tallyman.gateway.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.tallyman.kit.tls.TrustedAuthorities;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The OpenID provider. Its metadata are read when they are needed first, so the gateway starts
 * without it, and again when they are old.
 */
@Singleton
class OpenIdProvider {
  private static final Logger LOG = LoggerFactory.getLogger(OpenIdProvider.class);
  private static final Duration METADATA_AGE = Duration.ofHours(1);
  private static final int CONNECT_MILLIS = 3_000;
  private static final int READ_MILLIS = 10_000;
  private static final int MOST_KEY_BYTES = 1_000_000;

  private final OpenIdConfiguration configuration;
  private final SSLSocketFactory tls;
  private volatile @Nullable Known known;

  private record Known(OIDCProviderMetadata metadata, IDTokenValidator validator, long readAt) {
    boolean isFresh() {
      return System.nanoTime() - readAt < METADATA_AGE.toNanos();
    }
  }

  OpenIdProvider(OpenIdConfiguration configuration, TrustedAuthorities authorities) {
    this.configuration = configuration;
    tls = authorities.forOthers().getSocketFactory();
  }

  /**
   * Where the browser goes to log in.
   *
   * @throws LoginRefusal if the provider does not answer
   */
  URI loginAddress(PendingLogin login) {
    return new AuthenticationRequest.Builder(
            ResponseType.CODE, Scope.parse(configuration.scopes()), clientId(), login.callback())
        .endpointURI(known().metadata().getAuthorizationEndpointURI())
        .state(login.state())
        .nonce(login.nonce())
        .codeChallenge(login.verifier(), CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  /**
   * Exchanges the code of a login for the claims of its ID token, which is valid.
   *
   * @throws LoginRefusal if the provider does not answer, or the code or the token is not valid
   */
  IDTokenClaimsSet redeem(PendingLogin login, AuthorizationCode code) {
    Known provider = known();
    TokenRequest request =
        new TokenRequest.Builder(
                provider.metadata().getTokenEndpointURI(),
                authentication(provider.metadata()),
                new AuthorizationCodeGrant(code, login.callback(), login.verifier()))
            .build();
    try {
      HTTPRequest http = request.toHTTPRequest();
      limit(http);
      HTTPResponse answer = http.send();
      if (answer.getStatusCode() >= 500) {
        throw away("The token endpoint answered " + answer.getStatusCode());
      }
      TokenResponse response = OIDCTokenResponseParser.parse(answer);
      return response.indicatesSuccess()
          ? validated((OIDCTokenResponse) response.toSuccessResponse(), login, provider)
          : refused(response.toErrorResponse().getErrorObject());
    } catch (IOException away) {
      throw away("The token endpoint does not answer: " + away.getMessage());
    } catch (ParseException unreadable) {
      throw failed("The answer of the token endpoint cannot be read: " + unreadable.getMessage());
    }
  }

  private IDTokenClaimsSet validated(
      OIDCTokenResponse response, PendingLogin login, Known provider) {
    @Nullable JWT token = response.getOIDCTokens().getIDToken();
    if (token == null) {
      throw failed("There is no ID token. Is openid in TALLYMAN_OIDC_SCOPES?");
    }
    try {
      IDTokenClaimsSet claims = provider.validator().validate(token, login.nonce());
      // The library does not look at the authorized party.
      @Nullable AuthorizedParty party = claims.getAuthorizedParty();
      if (party == null
          ? claims.getAudience().size() > 1
          : !party.getValue().equals(clientId().getValue())) {
        throw failed("The ID token was issued to another client: azp is " + party);
      }
      return claims;
    } catch (BadJOSEException refusal) {
      throw failed("The ID token is not valid: " + refusal.getMessage());
    } catch (JOSEException noKeys) {
      throw away("The keys of the provider cannot be read: " + noKeys.getMessage());
    }
  }

  private static IDTokenClaimsSet refused(@Nullable ErrorObject error) {
    if (OAuth2Error.INVALID_GRANT.equals(error)) {
      throw LoginRefusal.expired();
    }
    if (OAuth2Error.INVALID_CLIENT.equals(error)) {
      throw failed("It does not accept TALLYMAN_OIDC_CLIENT_ID with TALLYMAN_OIDC_CLIENT_SECRET");
    }
    throw failed("It refused the code: " + (error == null ? "" : error.getCode()));
  }

  private Known known() {
    @Nullable Known current = known;
    if (current == null || !current.isFresh()) {
      current = read();
      known = current;
    }
    return current;
  }

  private Known read() {
    Issuer issuer = new Issuer(Objects.requireNonNull(configuration.issuer()));
    try {
      OIDCProviderMetadata metadata = OIDCProviderMetadata.resolve(issuer, this::limit);
      if (!Stream.of(
              metadata.getAuthorizationEndpointURI(),
              metadata.getTokenEndpointURI(),
              metadata.getJWKSetURI())
          .allMatch(OpenIdConfiguration::isSafe)) {
        throw failed("An address in its metadata is missing or is not https");
      }
      return new Known(metadata, validator(issuer, metadata), System.nanoTime());
    } catch (IOException away) {
      throw away("The metadata cannot be read: " + away.getMessage());
    } catch (GeneralException unreadable) {
      throw failed(
          "The metadata of TALLYMAN_OIDC_ISSUER cannot be used: " + unreadable.getMessage());
    }
  }

  /** Accepts signatures with the published keys only. A new key is read when a token names it. */
  private IDTokenValidator validator(Issuer issuer, OIDCProviderMetadata metadata)
      throws IOException {
    return new IDTokenValidator(
        issuer,
        clientId(),
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.Family.SIGNATURE,
            JWKSourceBuilder.<SecurityContext>create(
                    metadata.getJWKSetURI().toURL(),
                    new DefaultResourceRetriever(
                        CONNECT_MILLIS, READ_MILLIS, MOST_KEY_BYTES, true, tls))
                .refreshAheadCache(false)
                // Tokens come from the provider itself, so nobody else can cause these requests.
                .rateLimited(false)
                .build()),
        null);
  }

  private ClientAuthentication authentication(OIDCProviderMetadata metadata) {
    Secret secret = new Secret(Objects.requireNonNull(configuration.clientSecret()));
    @Nullable List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
    return methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        ? new ClientSecretBasic(clientId(), secret)
        : new ClientSecretPost(clientId(), secret);
  }

  private ClientID clientId() {
    return new ClientID(Objects.requireNonNull(configuration.clientId()));
  }

  /** A redirect could lead the secret elsewhere. */
  private void limit(HTTPRequest request) {
    request.setSSLSocketFactory(tls);
    request.setConnectTimeout(CONNECT_MILLIS);
    request.setReadTimeout(READ_MILLIS);
    request.setFollowRedirects(false);
  }

  private static LoginRefusal away(String reason) {
    LOG.warn("A login at the OpenID provider failed. {}", reason);
    return LoginRefusal.unavailable();
  }

  private static LoginRefusal failed(String reason) {
    LOG.warn("A login at the OpenID provider failed. {}", reason);
    return LoginRefusal.failed();
  }
}

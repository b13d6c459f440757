package io.tallyman.user.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.security.token.jwt.generator.JwtTokenGenerator;
import io.micronaut.security.token.jwt.signature.SignatureGeneratorConfiguration;
import io.tallyman.kit.security.AccessToken;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/**
 * Signs access tokens for the {@link JwtTokenGenerator}, with the key that signs now. The header
 * names the key and the type of the token.
 */
@Singleton
@Named("generator")
final class AccessTokenSignature implements SignatureGeneratorConfiguration {
  private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.ES256;

  private final SigningKeys keys;

  AccessTokenSignature(SigningKeys keys) {
    this.keys = keys;
  }

  @Override
  public SignedJWT sign(JWTClaimsSet claims) throws JOSEException {
    ECKey key = keys.current().key();
    JWSHeader header =
        new JWSHeader.Builder(ALGORITHM)
            .type(new JOSEObjectType(AccessToken.TYPE))
            .keyID(key.getKeyID())
            .build();
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(new ECDSASigner(key));
    return token;
  }

  @Override
  public boolean supports(JWSAlgorithm algorithm) {
    return ALGORITHM.equals(algorithm);
  }

  @Override
  public String supportedAlgorithmsMessage() {
    return "Access tokens are signed with " + ALGORITHM + '.';
  }

  /** Whether a published key signed the token. Its claims are checked elsewhere. */
  @Override
  public boolean verify(SignedJWT token) throws JOSEException {
    for (SigningKey published : keys.published()) {
      ECKey key = published.key();
      if (key.getKeyID().equals(token.getHeader().getKeyID())) {
        return supports(token.getHeader().getAlgorithm()) && token.verify(new ECDSAVerifier(key));
      }
    }
    return false;
  }
}

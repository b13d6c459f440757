/** Logins at an OpenID provider: the authorization code flow with PKCE. */
@NullMarked
package io.tallyman.gateway.oidc;

import org.jspecify.annotations.NullMarked;

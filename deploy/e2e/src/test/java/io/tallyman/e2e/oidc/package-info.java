/** Logins at an OpenID provider. */
@NullMarked
package io.tallyman.e2e.oidc;

import org.jspecify.annotations.NullMarked;

/** The users of an OpenID provider. The gateway has checked who they are. */
@NullMarked
package io.tallyman.user.provider;

import org.jspecify.annotations.NullMarked;

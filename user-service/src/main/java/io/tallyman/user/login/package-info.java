/** Login with a password, and the refresh tokens that follow from it. */
@NullMarked
package io.tallyman.user.login;

import org.jspecify.annotations.NullMarked;

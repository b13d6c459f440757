/** A user's profile as an encrypted token, for programs that have the key. */
@NullMarked
package io.tallyman.user.profile;

import org.jspecify.annotations.NullMarked;

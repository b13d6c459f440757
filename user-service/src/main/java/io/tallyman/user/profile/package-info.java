/** A user's profile as a sealed token, for others who hold the key. */
@NullMarked
package io.tallyman.user.profile;

import org.jspecify.annotations.NullMarked;

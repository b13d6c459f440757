/** Hashes of passwords: slow to guess, and bounded in what they cost this service. */
@NullMarked
package io.tallyman.user.password;

import org.jspecify.annotations.NullMarked;

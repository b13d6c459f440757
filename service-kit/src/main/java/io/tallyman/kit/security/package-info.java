/** Who sent a request: access tokens, how they are checked, and the keys for it. */
@NullMarked
package io.tallyman.kit.security;

import org.jspecify.annotations.NullMarked;

/**
 * The credentials with which services prove to each other who they are, and which of them may call
 * which internal routes.
 */
@NullMarked
package io.tallyman.kit.credential;

import org.jspecify.annotations.NullMarked;

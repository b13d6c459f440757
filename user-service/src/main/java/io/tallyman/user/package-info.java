/** The users and their roles. */
@NullMarked
package io.tallyman.user;

import org.jspecify.annotations.NullMarked;

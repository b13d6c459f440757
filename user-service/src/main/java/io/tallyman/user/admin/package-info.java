/** The first user, who can add all others. */
@NullMarked
package io.tallyman.user.admin;

import org.jspecify.annotations.NullMarked;

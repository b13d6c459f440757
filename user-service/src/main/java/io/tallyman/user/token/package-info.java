/** Access tokens: how they are signed, and the keys with which every service checks them. */
@NullMarked
package io.tallyman.user.token;

import org.jspecify.annotations.NullMarked;

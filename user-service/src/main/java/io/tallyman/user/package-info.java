/** Users: who may log in, and as what. */
@NullMarked
package io.tallyman.user;

import org.jspecify.annotations.NullMarked;

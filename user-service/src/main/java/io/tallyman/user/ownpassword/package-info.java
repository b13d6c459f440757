/** Users change their own passwords. */
@NullMarked
package io.tallyman.user.ownpassword;

import org.jspecify.annotations.NullMarked;

/** The account of a user: made once, looked up by id, listed. */
@NullMarked
package io.tallyman.user.account;

import org.jspecify.annotations.NullMarked;

/** The account of a user: added, changed, looked up, listed. */
@NullMarked
package io.tallyman.user.account;

import org.jspecify.annotations.NullMarked;

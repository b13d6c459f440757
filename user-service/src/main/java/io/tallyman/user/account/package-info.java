/** Accounts of users: add, change, read, list. */
@NullMarked
package io.tallyman.user.account;

import org.jspecify.annotations.NullMarked;

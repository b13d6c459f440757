/** The routes of users, which user-service stores. */
@NullMarked
package io.tallyman.gateway.account;

import org.jspecify.annotations.NullMarked;

/** Users, as user-service keeps them. */
@NullMarked
package io.tallyman.gateway.account;

import org.jspecify.annotations.NullMarked;

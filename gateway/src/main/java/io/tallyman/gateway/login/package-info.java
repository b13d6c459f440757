/** The routes with which clients log in; user-service does it. */
@NullMarked
package io.tallyman.gateway.login;

import org.jspecify.annotations.NullMarked;

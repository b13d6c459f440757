/** The routes with which users make keys for their programs; user-service stores the keys. */
@NullMarked
package io.tallyman.gateway.apikey;

import org.jspecify.annotations.NullMarked;

/** Rules for all public requests. */
@NullMarked
package io.tallyman.gateway.request;

import org.jspecify.annotations.NullMarked;

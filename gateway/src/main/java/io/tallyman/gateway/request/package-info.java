/** What every public request is held to. */
@NullMarked
package io.tallyman.gateway.request;

import org.jspecify.annotations.NullMarked;

/** What a request carries through all services: its id, and how long the caller waits. */
@NullMarked
package io.tallyman.kit.request;

import org.jspecify.annotations.NullMarked;

/** What every request carries through all services: its id, and how long its caller waits. */
@NullMarked
package io.tallyman.kit.request;

import org.jspecify.annotations.NullMarked;

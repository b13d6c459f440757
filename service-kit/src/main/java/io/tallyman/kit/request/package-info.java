/** What every request carries through all services: its id. */
@NullMarked
package io.tallyman.kit.request;

import org.jspecify.annotations.NullMarked;

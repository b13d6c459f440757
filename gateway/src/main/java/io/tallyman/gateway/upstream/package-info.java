/** What it means for a request when a service behind the gateway refuses, fails or is away. */
@NullMarked
package io.tallyman.gateway.upstream;

import org.jspecify.annotations.NullMarked;

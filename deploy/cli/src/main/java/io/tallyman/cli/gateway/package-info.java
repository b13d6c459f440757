/** A gateway, here or anywhere: its address, its requests and its problems. */
@NullMarked
package io.tallyman.cli.gateway;

import org.jspecify.annotations.NullMarked;

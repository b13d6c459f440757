/**
 * How fast clients must send and read, and how many uploads and downloads each of them may have.
 */
@NullMarked
package io.tallyman.gateway.transfer;

import org.jspecify.annotations.NullMarked;

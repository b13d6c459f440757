/** TLS of the connections that a service accepts and opens, from files in PEM format. */
@NullMarked
package io.tallyman.kit.tls;

import org.jspecify.annotations.NullMarked;

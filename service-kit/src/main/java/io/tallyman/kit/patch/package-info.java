/** JSON merge patches (RFC 7396) as typed records: what is left out stays, null clears. */
@NullMarked
package io.tallyman.kit.patch;

import org.jspecify.annotations.NullMarked;

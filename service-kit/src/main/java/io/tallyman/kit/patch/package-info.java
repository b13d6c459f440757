/**
 * JSON merge patches (RFC 7396) as typed records: a field that is left out does not change, null
 * clears a field.
 */
@NullMarked
package io.tallyman.kit.patch;

import org.jspecify.annotations.NullMarked;

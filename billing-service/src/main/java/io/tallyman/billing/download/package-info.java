/** The download of sheets: whole or in part, by the rules of RFC 9110. */
@NullMarked
package io.tallyman.billing.download;

import org.jspecify.annotations.NullMarked;

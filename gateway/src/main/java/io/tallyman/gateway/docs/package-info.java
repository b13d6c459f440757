/** What clients read before they write: the contract, and what every problem means. */
@NullMarked
package io.tallyman.gateway.docs;

import org.jspecify.annotations.NullMarked;

/** Who did what, when and from where: events that are written once and never changed. */
@NullMarked
package io.tallyman.kit.audit;

import org.jspecify.annotations.NullMarked;

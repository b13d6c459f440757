/** The audit log: the events of all services in one list. */
@NullMarked
package io.tallyman.gateway.audit;

import org.jspecify.annotations.NullMarked;

/** The routes of payables, which billing-service computes. */
@NullMarked
package io.tallyman.gateway.payables;

import org.jspecify.annotations.NullMarked;

/** The client of billing-service for claims, heartbeats, outcomes and reports. */
@NullMarked
package io.tallyman.worker.billingservice;

import org.jspecify.annotations.NullMarked;

/**
 * Access to this service's database: JSON columns, and the limit of queries that sum up many rows.
 */
@NullMarked
package io.tallyman.billing.database;

import org.jspecify.annotations.NullMarked;

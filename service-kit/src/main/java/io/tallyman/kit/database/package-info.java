/** Connections, transactions and failures of the services that have a database. */
@NullMarked
package io.tallyman.kit.database;

import org.jspecify.annotations.NullMarked;

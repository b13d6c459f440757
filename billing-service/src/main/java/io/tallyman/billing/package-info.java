/** Vendors, billings, tasks and their sheets: the only place where a task changes state. */
@NullMarked
package io.tallyman.billing;

import org.jspecify.annotations.NullMarked;

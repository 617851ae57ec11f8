/// Which streams this replica records, and the connection to each.
@NullMarked
package dev.aerie.storage.work;

import org.jspecify.annotations.NullMarked;

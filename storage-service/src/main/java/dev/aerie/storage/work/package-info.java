/// The streams that this replica records, and the connection to each of them.
@NullMarked
package dev.aerie.storage.work;

import org.jspecify.annotations.NullMarked;

/// What leaves the archive: on request, by age, by size, and where the disk gets full.
@NullMarked
package dev.aerie.storage.retention;

import org.jspecify.annotations.NullMarked;

/// Removal of segments: on request, by age, by size, and when the disk gets full.
@NullMarked
package dev.aerie.storage.retention;

import org.jspecify.annotations.NullMarked;

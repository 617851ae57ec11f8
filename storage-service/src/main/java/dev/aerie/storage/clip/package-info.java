/// Cuts clips from the archive: any time span as one MP4 file, which is assembled from the samples of the segments
/// while it is read.
@NullMarked
package dev.aerie.storage.clip;

import org.jspecify.annotations.NullMarked;

/// Video out of the archive: any stretch of time as one MP4 file that exists only while it is read, put together from
/// the samples of the segments.
@NullMarked
package dev.aerie.storage.clip;

import org.jspecify.annotations.NullMarked;

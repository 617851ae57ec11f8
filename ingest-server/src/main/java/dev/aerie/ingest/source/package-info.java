/// The sources that the server runs itself: cameras it pulls from, files, webcams, a test pattern; each on its own
/// thread.
@NullMarked
package dev.aerie.ingest.source;

import org.jspecify.annotations.NullMarked;

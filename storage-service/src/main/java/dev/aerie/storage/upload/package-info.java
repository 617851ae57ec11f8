/// Closed segments in an S3-compatible store: brought there part by part, checked, and only then removed here.
@NullMarked
package dev.aerie.storage.upload;

import org.jspecify.annotations.NullMarked;

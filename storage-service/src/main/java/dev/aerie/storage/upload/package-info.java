/// Closed segments in an S3-compatible store: uploaded in parts, verified, and only then removed here.
@NullMarked
package dev.aerie.storage.upload;

import org.jspecify.annotations.NullMarked;

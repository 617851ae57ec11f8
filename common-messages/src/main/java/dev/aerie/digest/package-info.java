/// Digests by which files and messages are recognized.
@NullMarked
package dev.aerie.digest;

import org.jspecify.annotations.NullMarked;

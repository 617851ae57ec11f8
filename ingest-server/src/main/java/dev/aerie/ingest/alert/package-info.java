/// Alert rules: which object of a stream, where, for how long, how fast; and what meets them.
@NullMarked
package dev.aerie.ingest.alert;

import org.jspecify.annotations.NullMarked;

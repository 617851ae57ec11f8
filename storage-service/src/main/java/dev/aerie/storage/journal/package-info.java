/// What was said about every picture: taken from the bus, written down before it is acknowledged, filed by segment.
@NullMarked
package dev.aerie.storage.journal;

import org.jspecify.annotations.NullMarked;

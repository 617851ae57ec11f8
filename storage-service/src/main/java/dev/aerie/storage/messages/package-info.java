/// What was said about every frame: taken from the bus, written down before it is acknowledged, filed by segment.
@NullMarked
package dev.aerie.storage.messages;

import org.jspecify.annotations.NullMarked;

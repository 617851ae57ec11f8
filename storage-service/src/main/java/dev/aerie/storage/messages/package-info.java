/// The message archive: messages of the bus, persisted before they are acknowledged, filed by segment.
@NullMarked
package dev.aerie.storage.messages;

import org.jspecify.annotations.NullMarked;

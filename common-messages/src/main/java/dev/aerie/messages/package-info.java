/// What the fleet says: one record per message of the bus, the names of its exchanges, the identity of a frame.
@NullMarked
package dev.aerie.messages;

import org.jspecify.annotations.NullMarked;

/// What other modules' tests need: example messages, schemas to check what is really sent, a real broker.
@NullMarked
package dev.aerie.messages.testing;

import org.jspecify.annotations.NullMarked;

/// The broker: one connection that comes back by itself, publishers and subscribers that live through its absence.
@NullMarked
package dev.aerie.messages.amqp;

import org.jspecify.annotations.NullMarked;

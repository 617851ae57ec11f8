/// An AMQP broker in a separate process, for the demo and for machines without RabbitMQ.
@NullMarked
package dev.aerie.broker;

import org.jspecify.annotations.NullMarked;

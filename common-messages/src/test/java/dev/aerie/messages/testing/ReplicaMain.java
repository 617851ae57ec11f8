package dev.aerie.messages.testing;

import dev.aerie.messages.amqp.BrokerAddress;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.messages.amqp.StreamWorkQueue;

/// A replica in a process of its own, so that a test can kill it: takes streams and holds them until it dies.
/// Arguments: the broker's URL, the service, the capacity.
public final class ReplicaMain {

    private ReplicaMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (var connection = new BrokerConnection(BrokerAddress.parse(arguments[0]), "replica");
                var queue = new StreamWorkQueue(
                        connection, arguments[1], Integer.parseInt(arguments[2]), new HoldingWorker())) {
            connection.start();
            queue.start();
            Thread.currentThread().join(); // until it is killed
        }
    }

    private static final class HoldingWorker implements StreamWorkQueue.Worker {

        @Override
        public void assigned(StreamAssignment assignment) {
            System.out.println("assigned " + assignment.session());
        }

        @Override
        public void revoked(StreamAssignment assignment) {
            System.out.println("revoked " + assignment.session());
        }
    }
}
